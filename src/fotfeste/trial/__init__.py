"""A randomised trial of IPS: planned, sized, randomised, verified and analysed from one plan file."""
