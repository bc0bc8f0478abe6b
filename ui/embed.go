// Package ui is what people see: a Svelte program in src/, built by Vite into dist/app and carried inside the binary.
//
// A newcomer to the pages begins at src/main.ts; a newcomer to the serving side needs only Files. Nothing in dist but its
// .gitignore is kept in the repository, so a clone without Node still compiles, and the server then says in one sentence
// how to build the pages.
package ui

import (
	"embed"
	"io/fs"
)

//go:embed all:dist
var dist embed.FS

// Files returns the built pages, index.html at their root with .br and .gz copies beside the files worth compressing,
// and whether they were built at all; when they were not, the file system is empty or absent and must not be served.
func Files() (fs.FS, bool) {
	app, err := fs.Sub(dist, "dist/app")
	if err != nil {
		return nil, false
	}
	if _, err := fs.Stat(app, "index.html"); err != nil {
		return app, false
	}
	return app, true
}
