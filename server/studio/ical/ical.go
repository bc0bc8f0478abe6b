// Package ical writes calendars as RFC 5545 has them. It is pure.
package ical
