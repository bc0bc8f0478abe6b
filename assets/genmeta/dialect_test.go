package genmeta

import (
	"encoding/json"
	"strings"
	"testing"
)

const (
	swarmRecord = `{"sui_image_params":{"prompt":"a duck","negativeprompt":"grey","model":"duckXL","seed":697543491,"steps":20,"cfgscale":7.0,"aspectratio":"9:16",
		"width":768,"height":1344,"sampler":"euler","scheduler":"karras","loras":["ink","wash"],"loraweights":["0.8","1"],"refinerupscale":2.0,"swarm_version":"0.9.7.4"},
		"sui_extra_data":{"date":"2026-01-03"},"sui_models":[{"name":"ink.safetensors","param":"loras","hash":"0x1"},{"name":"duckXL.safetensors","param":"model","hash":"0x22d8"}]}`
	invokeRecord = `{"app_version":"5.4.0","generation_mode":"txt2img","positive_prompt":"a duck","negative_prompt":"grey","seed":18446744073709551615,"steps":30,"cfg_scale":7.5,
		"scheduler":"dpmpp_2m_k","width":832,"height":1216,"model":{"key":"k","hash":"blake3:ab","name":"Duck XL","base":"sdxl","type":"main"},
		"vae":{"name":"vae-fp16"},"loras":[{"model":{"key":"l","name":"ink"},"weight":0.75}],"strength":0.6,"init_image":{"image_name":"start.png"},"clip_skip":0,"guidance":4}`
	invokeOldRecord = `{"app_version":"3.0.2","positive_prompt":"a duck","negative_prompt":null,"seed":5,"cfg_scale":7,"model":{"model_name":"duck-v1","base_model":"sd-1"},"loras":[{"lora":{"model_name":"ink"},"weight":0.5}]}`
	novelComment    = `{"prompt":"1girl, duck","steps":28,"height":1216,"width":832,"scale":5.5,"uncond_scale":0.0,"seed":1934,"noise_schedule":"karras","sampler":"k_euler_ancestral","uc":"lowres",
		"v4_prompt":{"caption":{"base_caption":"a duck pond","char_captions":[{"char_caption":"girl, red","centers":[{"x":0.5,"y":0.5}]},{"char_caption":"boy"}]},"use_coords":true},
		"v4_negative_prompt":{"caption":{"base_caption":"grey","char_captions":[{"char_caption":"hat","centers":[]}]}},"signed_hash":"zz"}`
	metaHubRecord = `{"generator":"ComfyUI","prompt":"a duck","negativePrompt":"grey","seed":77,"steps":25,"cfg":6.5,"sampler_name":"euler","scheduler":"simple","model":"duck.safetensors",
		"model_hash":"0000000000","vae":"","denoise":1.0,"width":512,"height":768,"loras":[{"name":"ink","weight":0.8}],"imh_pro":{"user_tags":"a, b","notes":"","project_name":"E03"},"analytics":{"vram_peak_mb":1},"workflow":{},"prompt_api":{}}`
	easyRecord = `{"prompt":"a duck","negative_prompt":"grey","seed":4007,"use_stable_diffusion_model":"C:\\models\\sd\\duck-v2","clip_skip":false,"use_vae_model":"None","sampler_name":"euler_a",
		"width":512,"height":640,"num_inference_steps":25,"guidance_scale":7.5,"use_lora_model":["ink","wash"],"lora_alpha":[0.5,1],"prompt_strength":0.7}`
)

func asJSON(t *testing.T, value any) string {
	t.Helper()
	b, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestEveryGeneratorsRecordIsRead(t *testing.T) {
	duck := map[string]string{Prompt: "a duck", Negative: "grey"}
	with := func(pairs ...string) map[string]string {
		m := map[string]string{Prompt: duck[Prompt], Negative: duck[Negative]}
		for i := 0; i+1 < len(pairs); i += 2 {
			m[pairs[i]] = pairs[i+1]
		}
		return m
	}
	for _, c := range []struct {
		name, generator string
		records         []string
		fields, params_ map[string]string
	}{
		{"SwarmUI in PNG", "SwarmUI", []string{"png:parameters", "parameters", swarmRecord}, with(Seed, "697543491", CFG, "7", Ratio, "9:16", Width, "768", Height, "1344", Loras, "ink:0.8, wash:1", ModelHash, "0x22d8", Model, "duckXL", Version, "0.9.7.4", Scheduler, "karras"),
			map[string]string{"refinerupscale": "2", "date": "2026-01-03"}},
		{"SwarmUI in the Exif model of old versions", "SwarmUI", []string{"jpeg:exif.Model", "Model", swarmRecord}, with(Seed, "697543491"), nil},
		{"SwarmUI within another record", "SwarmUI", []string{"webp:exif.UserComment", "UserComment", `{"prompt":{},"parameters":` + swarmRecord + `}`}, with(Seed, "697543491"), nil},
		{"InvokeAI of today", "InvokeAI", []string{"png:invokeai_metadata", "invokeai_metadata", invokeRecord}, with(Seed, "18446744073709551615", Steps, "30", CFG, "7.5", Sampler, "dpmpp_2m_k", Scheduler, "", Model, "Duck XL", ModelHash, "blake3:ab", VAE, "vae-fp16",
			Loras, "ink:0.75", Denoise, "0.6", SourceImage, "start.png", Width, "832", Version, "5.4.0"), map[string]string{"guidance": "4", "generation_mode": "txt2img"}},
		{"InvokeAI 3.0", "InvokeAI", []string{"png:invokeai_metadata", "invokeai_metadata", invokeOldRecord}, map[string]string{Prompt: "a duck", Negative: "", Model: "duck-v1", Loras: "ink:0.5", Steps: ""}, nil},
		{"InvokeAI 2", "InvokeAI", []string{"png:sd-metadata", "sd-metadata", `{"model_weights":"w","model_hash":"aa","app_version":"2.3.0","image":{"prompt":[{"prompt":"a duck [grey]","weight":1.0}],"seed":0,"steps":50,"cfg_scale":5,"height":768,"width":512,"sampler":"k_lms"}}`},
			with(Seed, "0", Steps, "50", Model, "w", ModelHash, "aa", Sampler, "k_lms", Height, "768"), nil},
		{"InvokeAI 1", "InvokeAI", []string{"png:Dream", "Dream", `"a duck [grey]" -s 50 -S 2980747362 -W 512 -H 768 -C 5.5 -A k_lms -f 0.75 -I start.png -G 0.9 -U 4 0.95`},
			with(Seed, "2980747362", Steps, "50", Width, "512", Height, "768", CFG, "5.5", Sampler, "k_lms", Denoise, "0.75", SourceImage, "start.png"), map[string]string{"-G": "0.9", "-U": "4"}},
		{"InvokeAI 1 with its values joined on", "InvokeAI", []string{"png:Dream", "Dream", `"say \"quack\" now" -s50 -S7`}, map[string]string{Prompt: `say \"quack\" now`, Steps: "50", Seed: "7", Negative: ""}, nil},
		{"NovelAI 4 in PNG", "NovelAI", []string{"png:Title", "Title", "NovelAI generated image", "png:Description", "Description", "1girl, duck", "png:Software", "Software", "NovelAI", "png:Source", "Source", "NovelAI Diffusion V4.5 4BDE2A90", "png:Comment", "Comment", novelComment},
			map[string]string{Prompt: "a duck pond", Negative: "grey", Seed: "1934", CFG: "5.5", Scheduler: "karras", Sampler: "k_euler_ancestral", Model: "NovelAI Diffusion V4.5 4BDE2A90", Width: "832", Height: "1216"},
			map[string]string{"character 1": "girl, red", "character 2": "boy", "character 1 negative": "hat", "character 1 centers": `[{"x":0.5,"y":0.5}]`, "signed_hash": ""}},
		{"NovelAI in WebP", "NovelAI", []string{"webp:exif.ImageDescription", "ImageDescription", "\x00\x00\x00\x001girl, duck", "webp:exif.UserComment", "UserComment", asJSON(t, map[string]string{"Comment": novelComment, "Description": "1girl, duck", "Software": "NovelAI", "Source": "NovelAI Diffusion V4"})},
			map[string]string{Prompt: "a duck pond", Model: "NovelAI Diffusion V4", Seed: "1934"}, nil},
		{"NovelAI in the alpha channel", "NovelAI", []string{"png:stealth", "stealth", asJSON(t, map[string]string{"Comment": `{"prompt":"a duck","uc":"grey","steps":28,"seed":9,"sampler":"k"}`, "Software": "NovelAI", "Source": "S"})}, with(Seed, "9", Model, "S"), nil},
		{"Fooocus in its own scheme", "Fooocus", []string{"jpeg:exif.UserComment", "UserComment", `{"metadata_scheme":"fooocus","prompt":"a duck","negative_prompt":"grey","full_prompt":["still a duck","more"],"base_model":"jugg","base_model_hash":"ae","guidance_scale":4,"seed":"6952411511246973023","steps":30,"sampler":"s","scheduler":"karras","resolution":"(768, 1280)","loras":[["ink.safetensors",0.1,"hh"]],"vae":"Default (model)","styles":"['A']","version":"Fooocus v2.4.3"}`},
			with(Expanded, "still a duck\nmore", Seed, "6952411511246973023", Model, "jugg", ModelHash, "ae", CFG, "4", Width, "768", Height, "1280", Loras, "ink.safetensors:0.1", VAE, ""), map[string]string{"vae": "Default (model)", "styles": "['A']"}},
		{"Fooocus in its old log", "Fooocus", []string{"jpeg:com", "comment", `{"prompt":"a duck","negative_prompt":"grey","cfg":7.0,"steps":30,"seed":12,"width":1152,"height":896,"base_model":"sd_xl","sampler":"dpm","scheduler":"karras","software":"Fooocus 1.0.50 MRE"}`},
			with(CFG, "7", Seed, "12", Width, "1152", Model, "sd_xl", Version, "Fooocus 1.0.50 MRE"), nil},
		{"Fooocus as copied from its log page", "Fooocus", []string{"pasted", "pasted", `{"Prompt":"a duck","Negative Prompt":"grey","Fooocus V2 Expansion":"a duck, sharp","Performance":"Speed","Resolution":"(1152, 896)","Guidance Scale":4.0,"Base Model":"jugg.safetensors","Refiner Model":"None","Sampler":"dpm","Scheduler":"karras","Seed":"123","LoRA 1":"ink.safetensors : 0.1","LoRA 2":"None : 1"}`},
			with(Expanded, "a duck, sharp", CFG, "4", Model, "jugg.safetensors", Seed, "123", Height, "896", Loras, "ink.safetensors:0.1"), nil},
		{"RuinedFooocus", "RuinedFooocus", []string{"png:parameters", "parameters", `{"Prompt":"a duck","Negative":"grey","steps":30,"cfg":8,"width":1152,"height":896,"seed":1,"sampler_name":"dpm","scheduler":"karras","base_model_name":"duck.safetensors","base_model_hash":"ff","loras":[{"name":"ink","weight":0.5}],"software":"RuinedFooocus"}`},
			with(Steps, "30", CFG, "8", Sampler, "dpm", Model, "duck.safetensors", ModelHash, "ff", Loras, "ink:0.5", Seed, "1"), nil},
		{"Stability Matrix", "Stability Matrix", []string{"png:parameters", "parameters", "a d\nSteps: 1, Sampler: E, Seed: 9", "png:parameters-json", "parameters-json", `{"PositivePrompt":"a duck","NegativePrompt":"grey","Width":832,"Height":1216,"Seed":3218,"Steps":20,"CfgScale":5.0,"Sampler":"Euler a","ModelName":"duck","ModelHash":"ee"}`, "png:smproj", "smproj", `{"ProjectType":"T"}`},
			with(Seed, "3218", CFG, "5", Model, "duck", ModelHash, "ee", Sampler, "Euler a", Width, "832"), nil},
		{"TensorArt", "TensorArt", []string{"png:generation_data", "generation_data", `{"models":[{"type":"BASE_MODEL","label":"D"},{"type":"LORA","modelFileName":"ink","weight":0.6}],"prompt":"a duck","negativePrompt":"grey","width":768,"height":1152,"samplerName":"Euler","steps":25,"cfgScale":7,"seed":"-1","clipSkip":2,"baseModel":{"label":"D","modelFileName":"duckXL","hash":"CC"},"sdVae":"Automatic","workEngine":"TAMS_V1"}` + "\x00"},
			with(Seed, "", Model, "duckXL", ModelHash, "CC", Loras, "ink:0.6", ClipSkip, "2", VAE, "", Sampler, "Euler"), map[string]string{"seed": "-1", "sdVae": "Automatic"}},
		{"the MetaHub save node", "ComfyUI", []string{"png:parameters", "parameters", "a duck\nNegative prompt: grey\nSteps: 25, Sampler: euler, Seed: 77", "png:imagemetahub_data", "imagemetahub_data", metaHubRecord}, with(Seed, "77", Model, "duck.safetensors", ModelHash, "", Loras, "ink:0.8", Denoise, "1"),
			map[string]string{"project_name": "E03", "user_tags": "a, b"}},
		{"the MetaHub save node in WebP", "ComfyUI", []string{"webp:exif.UserComment", "UserComment", `{"imagemetahub_data":` + metaHubRecord + `}`}, with(Seed, "77", Scheduler, "simple"), nil},
		{"Draw Things", "Draw Things", []string{"png:xmp.xmp.CreatorTool", "xmp:xmp:CreatorTool", "Draw Things", "png:xmp.dc.description", "xmp:dc:description", "a duck\n-grey\nSteps: 9, Sampler: X, Guidance Scale: 1.0, Seed: 8", "png:xmp.exif.UserComment", "xmp:exif:UserComment",
			`{"c":"a duck","uc":"grey","model":"duck_f16.ckpt","sampler":"DPM++ 2M Karras","scale":4.5,"seed":3421,"steps":20,"strength":1,"size":"960x1280","lora":[{"model":"ink.ckpt","weight":0.6}],"v2":{"a":1}}`},
			with(Seed, "3421", CFG, "4.5", Steps, "20", Denoise, "1", Width, "960", Height, "1280", Loras, "ink.ckpt:0.6", Model, "duck_f16.ckpt"), nil},
		{"Draw Things without its JSON", "Draw Things", []string{"jpeg:xmp.xmp.CreatorTool", "xmp:xmp:CreatorTool", "Draw Things", "jpeg:xmp.dc.description", "xmp:dc:description", "a duck\n-grey\nSteps: 9, Sampler: X, Guidance Scale: 1.0, Seed: 8, Size: 512x640, Strength: 0.5"},
			with(Seed, "8", CFG, "1", Width, "512", Denoise, "0.5"), nil},
		{"Easy Diffusion in JSON", "Easy Diffusion", []string{"sidecar:json", "sidecar", easyRecord}, with(Seed, "4007", Model, "duck-v2", VAE, "", Steps, "25", CFG, "7.5", Sampler, "euler_a", Loras, "ink:0.5, wash:1", Denoise, "0.7", ClipSkip, ""), nil},
		{"Easy Diffusion in JSON for people", "Easy Diffusion", []string{"jpeg:exif.UserComment", "UserComment", `{"Prompt":"a duck","Negative Prompt":"grey","Seed":"4007","Stable Diffusion model":"sd/duck","Clip Skip":"2","VAE model":"v.pt","Sampler":"ddim","Width":"512","Height":"640","Steps":"25","Guidance Scale":"7.5","LoRA model":"ink","LoRA Strength":"0.5"}`},
			with(Seed, "4007", Model, "duck", VAE, "v.pt", ClipSkip, "2", Loras, "ink:0.5", Height, "640"), nil},
		{"a Hugging Face app", "Hugging Face Space", []string{"png:parameters", "parameters", `{"prompt":"a duck","negative_prompt":"grey","resolution":"832 x 1216","guidance_scale":7,"num_inference_steps":28,"seed":11,"sampler":"Euler a","Model":"Animagine XL 3.1","Model hash":"e3c4","use_upscaler":null}`},
			with(Width, "832", Height, "1216", CFG, "7", Steps, "28", Model, "Animagine XL 3.1", ModelHash, "e3c4", Seed, "11"), nil},
	} {
		t.Run(c.name+" is read", func(t *testing.T) {
			r := told(c.records...)
			checkTold(t, r, c.generator, c.fields, c.params_)
			if len(r.Notes) > 0 {
				t.Errorf("notes %v", r.Notes)
			}
		})
	}
}

func TestEasyDiffusionsChunksAreReadInBothNamings(t *testing.T) {
	for _, names := range [][]string{
		{"prompt", "negative_prompt", "seed", "use_stable_diffusion_model", "num_inference_steps", "use_vae_model"},
		{"Prompt", "Negative Prompt", "Seed", "Stable Diffusion model", "Steps", "VAE model"},
	} {
		var records []string
		for i, value := range []string{"a duck", "grey", "4007", "models/duck", "25", "None"} {
			records = append(records, "png:"+names[i], names[i], value)
		}
		r := told(records...)
		checkTold(t, r, "Easy Diffusion", map[string]string{Prompt: "a duck", Negative: "grey", Seed: "4007", Model: "duck", Steps: "25", VAE: ""}, nil)
		if got := r.Fields[Seed].Source; got != "png:"+names[2] {
			t.Errorf("the seed comes from %q", got)
		}
		if len(r.Notes) > 0 {
			t.Errorf("notes %v", r.Notes)
		}
	}
}

func TestMidjourneysDescriptionIsDivided(t *testing.T) {
	const id = "3f2b1c5e-8d4a-4f6b-9e0c-1a2b3c4d5e6f"
	for _, c := range []struct {
		name            string
		records         []string
		fields, params_ map[string]string
	}{
		{"a description with the job's id", []string{"png:Description", "Description", "a duck -- swimming, well--lit --ar 9:16 --v 7 --stylize 250 --no cars, people --seed 42 --tile Job ID: " + id, "png:Author", "Author", "anna", "png:Creation Time", "Creation Time", "Sat, 4 Jan 2025"},
			map[string]string{Prompt: "a duck -- swimming, well--lit", Ratio: "9:16", Model: "Midjourney v7", Negative: "cars, people", Seed: "42", TaskID: id}, map[string]string{"stylize": "250", "tile": "true", "author": "anna", "created": "Sat, 4 Jan 2025"}},
		{"niji in XMP", []string{"jpeg:xmp.dc.description", "xmp:dc:description", "鸭子 --niji 6 --ar 3:4\nJob ID: " + id}, map[string]string{Prompt: "鸭子", Model: "niji 6", Ratio: "3:4", TaskID: id}, nil},
		{"a description proven by its IPTC number", []string{"png:xmp.dc.description", "xmp:dc:description", "a duck --ar 1:1 --raw", "png:xmp.Iptc4xmpExt.DigImageGUID", "xmp:Iptc4xmpExt:DigImageGUID", id}, map[string]string{Prompt: "a duck", Ratio: "1:1", TaskID: id}, map[string]string{"raw": "true"}},
		{"a prompt without flags", []string{"png:Description", "Description", "a duck Job ID: " + id}, map[string]string{Prompt: "a duck", TaskID: id, Model: ""}, nil},
	} {
		t.Run(c.name+" gives prose, flags and id", func(t *testing.T) {
			checkTold(t, told(c.records...), "Midjourney", c.fields, c.params_)
		})
	}
	t.Run("an ordinary description is none", func(t *testing.T) {
		if r := told("png:Description", "Description", "a duck --ar 9:16", "jpeg:exif.ImageDescription", "ImageDescription", "OLYMPUS DIGITAL CAMERA"); len(r.Fields) > 0 || r.Generator != "" {
			t.Errorf("got %+v", r)
		}
	})
}

func TestWhatIsNoRecordGivesNothing(t *testing.T) {
	for _, c := range []struct{ key, body, note string }{
		{"parameters", `{"prompt":"x"}`, ""}, {"UserComment", `{"prompt":"buy milk","seed":3}`, ""}, {"Comment", `{"uc":1}`, ""}, {"Software", "Adobe Photoshop", ""},
		{"invokeai_metadata", `{"positive_prompt":`, NoteUnreadable}, {"sd-metadata", `{"image":3}`, NoteUnreadable}, {"generation_data", "x", NoteUnreadable},
		{"parameters-json", strings.Repeat(`{"a":`, 600), NoteUnreadable}, {"imagemetahub_data", "[]", NoteUnreadable}, {"Dream", "no quotes -s 50", NoteUnreadable},
		{"UserComment", `{"sui_image_params":"gone"}`, NoteUnreadable}, {"UserComment", `{"Software":"NovelAI","Comment":"gone"}`, NoteUnreadable},
	} {
		r := told("jpeg:x", c.key, c.body)
		if len(r.Fields) > 0 || strings.Join(r.Notes, ",") != c.note {
			t.Errorf("%s %.40q gives %v and notes %v, want %q", c.key, c.body, r.Fields, r.Notes, c.note)
		}
	}
}
