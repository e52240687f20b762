"""What an intervention did: between the arms of a trial, and between areas that got it at different times."""
