package genmeta

// hailuo reads 海螺: a state, and the file in an answer of its own. It has no seed.
func (k *taskReader) hailuo() {
	k.t.Service = "hailuo"
	k.ask(Prompt, "prompt")
	k.ask(Model, "model")
	k.ask(Duration, "duration")
	k.ref("first", k.q.text("first_frame_image"))
	k.ref("last", k.q.text("last_frame_image"))
	for _, subject := range k.q.objects("subject_reference") {
		name, _ := subject.find("image", "0").(string)
		k.ref("subject", firstOfText(subject.text("image"), name))
	}
	k.id("task_id", "file.task_id")
	k.status("status")
	if code := k.a.text("base_resp", "status_code"); code != "" && code != "0" {
		k.failure([]string{"base_resp.status_code"}, []string{"base_resp.status_msg"})
		if k.t.Status == "" || k.t.Status == TaskSucceeded {
			k.t.Status = TaskFailed
		}
	}
	k.told(Width, "video_width")
	k.told(Height, "video_height")
	k.output(k.a.text("file", "download_url"))
	k.t.Result.param("file_id", short(firstText(k.a, "file_id", "file.file_id")))
}
