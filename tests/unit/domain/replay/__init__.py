"""Histories told anew, on paper."""
