"""What `import geo` offers: reading, measuring and drawing, each in one call."""
