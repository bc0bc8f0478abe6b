package genmeta

// vidu reads Vidu: a state, a price in credits and a list of creations.
func (k *taskReader) vidu() {
	k.t.Service = "vidu"
	k.told(Seed, "seed")
	k.ask(Prompt, "prompt")
	k.ask(Model, "model")
	k.ask(Seed, "seed")
	k.ask(Duration, "duration")
	k.ask(Ratio, "aspect_ratio")
	for i, v := range k.q.list("images") {
		name, _ := v.(string)
		k.ref(viduRole(i, len(k.q.list("images")), k.q.has("subjects", "aspect_ratio")), name)
	}
	for _, subject := range k.q.objects("subjects") {
		for _, v := range subject.list("images") {
			name, _ := v.(string)
			k.ref("subject", name)
		}
	}
	k.told(Model, "model")
	k.told(Prompt, "prompt")
	k.told(Duration, "duration")
	k.id("task_id", "id")
	k.status("state")
	k.failure([]string{"err_code", "reason"}, []string{"err_msg", "message"})
	k.t.Created = timeOf(k.a.text("created_at"))
	for _, file := range k.a.objects("creations") {
		k.output(file.text("url"))
	}
	k.cost("credits", "credit")
}

// viduRole: one picture opens the clip, two open and close it; with a ratio asked for they are references only.
func viduRole(i, of int, references bool) string {
	switch {
	case references || of > 2:
		return "reference"
	case i == 0:
		return "first"
	}
	return "last"
}
