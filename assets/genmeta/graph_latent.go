package genmeta

// readLatent follows what a sampler starts from: an empty latent states the size, a loaded picture is the source.
func (g *graph) readLatent(value any, r *reading) {
	for range maxDepth {
		n, ok := g.nodeAt(value)
		if !ok || !g.spend() {
			return
		}
		if name, ok := n.Inputs["image"].(string); ok {
			r.set(SourceImage, short(name))
			return
		}
		if isSampler(n) || isService(n) {
			return
		}
		r.param("frames", g.integer(firstOf(n, "length", "num_frames", "video_frames", "frames_number")))
		start := firstOf(n, "video_latent", "av_latent", "samples", "latent", "latent_image", "start_image", "init_image", "pixels", "image", "images")
		if n.has("width") {
			r.size(g.integer(n.Inputs["width"]), g.integer(n.Inputs["height"]))
			start = firstOf(n, "start_image", "init_image", "image")
			g.readPictures(n, r)
		}
		value = start
	}
}

// readPictures names the further pictures that a clip's own node takes.
func (g *graph) readPictures(n node, r *reading) {
	for _, name := range []string{"end_image", "reference_image", "ref_image", "control_video", "pose_video", "face_video"} {
		r.param("image "+name, g.picture(n.Inputs[name]))
	}
}

// picture gives the name of the loaded file behind an input, when exactly one leads there.
func (g *graph) picture(value any) string {
	for range 32 {
		if s, ok := value.(string); ok {
			return short(s)
		}
		n, ok := g.nodeAt(value)
		if !ok || !g.spend() || isSampler(n) || isService(n) {
			return ""
		}
		if name := g.loadedFile(n); name != "" {
			return name
		}
		links := g.upstream(n, "image", "images", "pixels", "video", "samples", "frames", "input_image")
		if len(links) != 1 {
			return ""
		}
		value = firstOf(n, "image", "images", "pixels", "video", "samples", "frames", "input_image")
	}
	return ""
}

// loadedFile names the file of a loader: an input that holds a name and no link.
func (g *graph) loadedFile(n node) string {
	for _, key := range []string{"image", "file", "video", "url", "image_path"} {
		if s, ok := n.Inputs[key].(string); ok {
			return short(s)
		}
	}
	return ""
}

// readTail reads what the nodes between the last maker and the output state: frame rate and VAE.
func (g *graph) readTail(output string, r *reading) {
	at := output
	for range 16 {
		n := g.nodes[at]
		if s := g.decimal(firstOf(n, "fps", "frame_rate")); s != "" {
			r.param("fps", s)
		}
		if at != output && (isSampler(n) || isService(n)) {
			return
		}
		if vae, ok := g.nodeAt(n.Inputs["vae"]); ok {
			r.set(VAE, g.scalar(vae.Inputs["vae_name"]))
		}
		up := g.freeLinks(n)
		if len(up) == 0 || !g.spend() {
			return
		}
		at = up[0].id
	}
}
