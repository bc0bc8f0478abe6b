package genmeta

import "testing"

func TestNodesOfServicesAreReadWithoutASampler(t *testing.T) {
	for _, c := range []struct {
		name, class, inputs string
		want                map[string]string
		params              map[string]string
	}{
		{"Kling with all in one mode", "KlingImage2VideoNode", `"start_frame":["20",0],"prompt":"she runs","negative_prompt":"blur","model_name":"kling-v2-master","cfg_scale":0.8,"mode":"std","aspect_ratio":"9:16","duration":"5","seed":7`,
			map[string]string{Prompt: "she runs", Negative: "blur", Model: "kling-v2-master", CFG: "0.8", Mode: "std", Ratio: "9:16", Duration: "5", SourceImage: "first.png", Seed: ""}, map[string]string{Seed: "7"}},
		{"Kling with the mode as a sentence", "KlingTextToVideoNode", `"prompt":"she runs","negative_prompt":"","cfg_scale":0.5,"aspect_ratio":"16:9","mode":"pro mode / 10s duration / kling-v2-5-turbo"`,
			map[string]string{Mode: "pro", Duration: "10", Model: "kling-v2-5-turbo", Negative: ""}, nil},
		{"Kling in shots", "KlingVideoNode", `"prompt":"","model":"kling-v3","multi_shot":"2","multi_shot.storyboard_1_prompt":"one","multi_shot.storyboard_2_prompt":"two"`,
			map[string]string{Prompt: "one\ntwo", Model: "kling-v3"}, nil},
		{"Seedance with everything under the model", "ByteDance2TextToVideoNode", `"model":"Seedance 2.0","model.prompt":["21",0],"model.resolution":"720p","model.ratio":"9:16","model.duration":7,"seed":2147483647,"watermark":false`,
			map[string]string{Prompt: "from a box", Model: "Seedance 2.0", Ratio: "9:16", Duration: "7", Seed: "2147483647"}, map[string]string{"resolution": "720p"}},
		{"Wan with a size in words", "WanTextToVideoApi", `"model":"wan2.5-t2v-preview","prompt":"rain","negative_prompt":"sun","size":"720p: 9:16 (720x1280)","duration":10,"seed":0,"prompt_extend":true`,
			map[string]string{Prompt: "rain", Negative: "sun", Ratio: "9:16", Width: "720", Height: "1280", Duration: "10", Seed: "0"}, map[string]string{"resolution": "720p"}},
		{"Vidu", "ViduTextToVideoNode", `"model":"vidu2.0","prompt":"snow","duration":5,"seed":3,"aspect_ratio":"9:16","resolution":"1080p","movement_amplitude":"auto"`,
			map[string]string{Prompt: "snow", Model: "vidu2.0", Duration: "5", Seed: "3", Ratio: "9:16"}, map[string]string{"resolution": "1080p"}},
		{"Runway with its ratio in pixels", "RunwayImageToVideoNodeGen4", `"prompt":"wind","start_frame":["20",0],"duration":"5","ratio":"720:1280","seed":4294967295`,
			map[string]string{Prompt: "wind", Width: "720", Height: "1280", Duration: "5", Seed: "4294967295", SourceImage: "first.png", Model: "RunwayImageToVideoNodeGen4"}, nil},
		{"Luma with seconds as text", "LumaImageToVideoNode", `"prompt":"fog","model":"ray-2","resolution":"540p","duration":"9s","loop":false,"seed":5`,
			map[string]string{Prompt: "fog", Model: "ray-2", Duration: "9", Seed: ""}, map[string]string{Seed: "5"}},
		{"Veo", "Veo3VideoGenerationNode", `"prompt":"sea","aspect_ratio":"9:16","negative_prompt":"text","duration_seconds":8,"enhance_prompt":true,"seed":12,"model":"veo-3.0-generate-001"`,
			map[string]string{Prompt: "sea", Negative: "text", Duration: "8", Ratio: "9:16", Seed: "12", Model: "veo-3.0-generate-001"}, nil},
		{"MiniMax", "MinimaxHailuoVideoNode", `"prompt_text":"[push in] a hill","duration":6,"resolution":"768P","seed":42,"prompt_optimizer":true`,
			map[string]string{Prompt: "[push in] a hill", Duration: "6", Seed: ""}, map[string]string{Seed: "42", "resolution": "768P"}},
	} {
		t.Run(c.name+" is read", func(t *testing.T) {
			r := graphResult(t, graphOf("1", c.class, c.inputs, "9", "SaveVideo", `"filename_prefix":"video/x","video":["1",0]`, "20", "LoadImage", `"image":"first.png"`, "21", "PrimitiveString", `"value":"from a box"`))
			expect(t, r, c.want)
			for name, want := range c.params {
				if r.Params[name] != want {
					t.Errorf("%s = %q, want %q in %v", name, r.Params[name], want, r.Params)
				}
			}
		})
	}
}

func TestAServicesNameIsOnlyAGuessAtItsModel(t *testing.T) {
	r := graphResult(t, graphOf("1", "RunwayTextToImageNode", `"prompt":"x","ratio":"1920:1080"`, "9", "SaveImage", `"images":["1",0]`))
	if f := r.Fields[Model]; f.Value != "RunwayTextToImageNode" || f.Certainty != Guess {
		t.Errorf("model %+v", f)
	}
}

func TestNodesThatSearchAPictureAreNoServices(t *testing.T) {
	for _, class := range []string{"GroundingDinoFind", "SomeSegmenter", "PersonMaskUltra"} {
		r := graphResult(t, sampled("9", "SaveImage", `"filename_prefix":"x","images":["20",0]`, "20", class, `"prompt":"face","mode":"std","image":["8",0]`))
		expect(t, r, map[string]string{Prompt: "a duck", Seed: "7"})
	}
}

func TestAServiceThatMovesAMadePictureIsTheMaker(t *testing.T) {
	r := graphResult(t, sampled("9", "SaveVideo", `"filename_prefix":"x","video":["20",0]`, "20", "KlingImage2VideoNode", `"prompt":"she runs","model_name":"kling-v3","duration":"5","start_frame":["8",0]`))
	expect(t, r, map[string]string{Prompt: "she runs", Model: "kling-v3", Seed: "", SourceImage: ""})
}
