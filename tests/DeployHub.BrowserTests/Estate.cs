using System.Text.Json;

namespace DeployHub.BrowserTests;

/// <summary>One deployment in each state that has a look of its own. Its halted run holds its environment, so that a site has one estate: <see cref="Site.EstateAsync"/>.</summary>
public sealed class Estate(Site site) : IAsyncDisposable
{
    private static readonly string[] Cases = ["Pass", "ForcedFailure", "Rollback"];
    private static readonly string[] Participants = ["dora@demo.deployhub", "paul@demo.deployhub"];
    private static readonly string[] Newest = ["greeter-web@1.2.0"];
    private readonly Dictionary<string, string> _numbers = [];
    private Yard? _asking;
    private Yard? _accepting;

    internal async Task<Estate> SetUpAsync()
    {
        _numbers["draft"] = await site.PlanAsync(Moves.Planning("staging", "1.1.0"), "Save as a draft");
        _numbers["review"] = await site.PlanAsync(Moves.Planning("production", "1.0.0"));
        _numbers["done"] = await site.PlanAsync(Moves.Planning("staging", "1.1.0"));
        _numbers["halted"] = await site.PlanAsync(Moves.Planning("development", "1.2.0", "&Input.Parameters[healthyWithin]=5s"));
        _numbers["byhand"] = await site.PlanAsync(Moves.PlanningByHand("staging", "stage-1"));
        await PlanCampaignAsync();
        await site.GetInAsync("nora@demo.deployhub", "Nora Newcomer");
        await site.SendAsync("adam", ("POST", "/busy-calendars", """{"key":"sweden","settings":{"name":"Sweden","country":"SE","zone":"Europe/Stockholm"}}"""));
        await site.SendAsync("mia", ("POST", "/busy-calendars", """{"key":"provider","settings":{"name":"Payment provider","environments":["production"],"zone":"Europe/Berlin"}}"""));
        await site.SendAsync(
            "adam",
            ("POST", "/webhooks", """{"key":"on-call","name":"On call","url":"https://chat.example.com/hooks/deployhub","secret":"on-call-hook","events":["run.halted","run.started"],"environment":"production"}"""),
            ("POST", "/webhooks/on-call/test", null),
            ("POST", "/change-tools", """{"key":"jira","settings":{"name":"Jira","kind":"Jira","address":"https://jira.example.com","secret":"jira-token","pattern":"JIRA-[0-9]+"}}"""),
            ("POST", "/trusted-keys", """{"key":"release","name":"Release key","kind":"Minisign","publicKey":"RWTVu+adghXAHWXtR66TJMZYBKMlWnZkSvjaAg0R6n9YvsbY1cNCha+z","services":["greeter"],"validUntil":"2099-01-01T00:00:00Z"}"""),
            ("POST", "/trusted-keys", """{"key":"build","name":"Build key","kind":"Pem","publicKey":"-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE8Rr4v8cQ+1urjjs5q/PO3TY5fqzr\n7AxztXQlEPgIn/aysv19QDsQKbFBrcQhyjJXGVjW1hvnytIPc669ULAI2A==\n-----END PUBLIC KEY-----\n","services":["greeter"],"validUntil":"2099-01-01T00:00:00Z"}"""),
            ("POST", "/trust-policies", """{"key":"signed","name":"Recovery is signed","version":{"signature":{"signature":"{path}.minisig","keys":["release"]},"provenance":{"provenance":"{path}.intoto.jsonl","builders":["https://ci.acme.example/builder"],"keys":["build"]},"services":["greeter"],"tiers":["DisasterRecovery"],"kinds":["Software"],"validUntil":"2099-01-01T00:00:00Z","reason":"Decided by the security board"}}"""));
        await AlignAsync();
        await WriteModelsAsync();
        await ImproveAsync();
        await BuildOfBlocksAsync();
        await FreezeAsync();
        (_numbers["scheduled"], _numbers["held"]) = (await ScheduleReviewAsync("rolling-web-service"), await ScheduleReviewAsync("ring-web-service"));
        await site.SendAsync("dora", Yard.Post($"/reviews/{_numbers["held"]}/hold", new { participants = Participants }));
        await using var halted = await site.StartAsync(_numbers["halted"]);
        await using var done = await site.StartAsync(_numbers["done"]);
        await using var byHand = await site.StartAsync(_numbers["byhand"]);
        _asking = await Yard.RegisterAsync(site, "asking");
        await _asking.TargetsAsync([_asking.Local("reader")]);
        await _asking.ModelAsync(
            "BigBang", "phases: all-at-once\nsteps: [{ name: Read it, uses: acknowledge, with: { statement: I know whom to call at night., readers: [ana@demo.deployhub], quiz: [{ text: Whom do you call first?, choices: [The duty engineer, The owner], right: [The duty engineer] }] }, timeout: 14d }]",
            "- { name: Ask it, uses: check-script, with: { command: [test, -d, .] }, timeout: 1m }");
        _numbers["asking"] = await _asking.PlanAsync("1.0.0");
        await using var asking = await site.StartAsync(_numbers["asking"]);
        await AcceptAndDriftAsync();
        await asking.Page.SeesAsync("Waiting");
        await site.SendAsync("ana", Yard.Post($"/deployments/{_numbers["asking"]}/runs/1/questions", new { stage = "Execute", subject = "reader", step = 1, text = "Does it hold at night, too?", isBlocking = true }));
        await byHand.Page.SeesAsync("Waiting");
        await done.Page.SeesAsync("Succeeded");
        await site.SendAsync("paul", ("POST", $"/deployments/{_numbers["done"]}/verifications", null));
        await SufferAsync();
        await halted.Page.SeesAsync("Halted");
        return this;
    }

    /// <summary>A freeze in some weeks, and an exception from it that Ana decides about.</summary>
    private async Task FreezeAsync()
    {
        async Task<string> PostAsync(string person, string path, object body) => JsonDocument.Parse(await site.SendAsync(person, Yard.Post(path, body))).RootElement.GetProperty("key").GetString()!;

        var day = DateTime.UtcNow.Date.AddDays(40);
        _numbers["window"] = await PostAsync(
            "dora", "/windows", new { name = "Nights", reason = "Nobody is at work", owner = "Dora Manager", scope = new { environment = "production" }, when = new { start = "2026-01-01T22:00", end = "2026-01-02T06:00", zone = "Europe/Stockholm", rule = "FREQ=DAILY" } });
        _numbers["freeze"] = await PostAsync(
            "dora", "/freezes", new { name = "Closing of the books", reason = "Accounting counts", scope = new { environment = "staging" }, when = new { start = $"{day:s}", end = $"{day.AddDays(2):s}", zone = "Europe/Stockholm" }, approverEmail = "ana@demo.deployhub" });
        foreach (var name in (string[])["frozen", "unasked"])
            _numbers[name] = await PostAsync(
                "mia", "/deployments",
                new { plan = new { environment = "staging", versions = Newest, model = "rolling-web-service", slotStart = $"{day.AddHours(12):s}Z", slotEnd = $"{day.AddHours(13):s}Z" } });
        _numbers["exception"] = await PostAsync(
            "mia", "/freeze-exceptions",
            new { deployment = _numbers["frozen"], freeze = _numbers["freeze"], justification = "The file is due", impact = "A fine", onCall = "Paul until 20:00", rollbackMinutes = 6, until = $"{day.AddHours(18):s}Z" });
    }

    /// <summary>An incident that is open, with a deployment that may have caused it, and one that is over.</summary>
    private async Task SufferAsync()
    {
        _numbers["incident"] = "INC-1001";
        await site.SendAsync(
            "paul",
            ("PUT", "/incidents/INC-1001", """{"title":"Nobody is greeted in the morning","severity":1,"service":"greeter","environment":"staging","address":"https://incidents.example.com/INC-1001"}"""),
            ("PUT", "/incidents/INC-1002?source=desk", """{"title":"Greetings came late","severity":3,"service":"greeter","startedAt":"2026-10-12T21:32:00Z","resolvedAt":"2026-10-12T22:10:00Z"}"""));
    }

    /// <summary>The demo's bank is asked beyond the rules, and its page has something to answer.</summary>
    private async Task AlignAsync()
    {
        _numbers["aligning"] = await site.PlanAsync(Moves.Planning("staging", "1.0.0", "&Input.Parties=partner-bank"));
        _numbers["bylink"] = JsonDocument.Parse(await site.SendAsync("mia", Yard.Post("/organisations/partner-bank/links", new { contact = 1 }))).RootElement.GetProperty("token").GetString()!;
    }

    /// <summary>A campaign that has no go yet, of two drafts.</summary>
    private async Task PlanCampaignAsync()
    {
        (_numbers["earlier"], _numbers["later"]) = (await site.PlanAsync(Moves.Planning("staging", "1.0.0"), "Save as a draft"), await site.PlanAsync(Moves.Planning("production", "1.1.0"), "Save as a draft"));
        var campaign = await site.SendAsync("mia", Yard.Post("/campaigns", new { title = "Autumn release", goal = "Everybody is greeted anew", waves = new[] { new[] { _numbers["earlier"] }, [_numbers["later"]] }, stopAfter = 1 }));
        _numbers["campaign"] = JsonDocument.Parse(campaign).RootElement.GetProperty("key").GetString()!;
    }

    private async Task<string> ScheduleReviewAsync(string model) =>
        JsonDocument.Parse(await site.SendAsync("dora", Yard.Post("/reviews", new { model, occasion = "Looked at for the first time" }))).RootElement.GetProperty("key").GetString()!;

    /// <summary>A model that is being written, and one that only lacks a second person.</summary>
    private async Task WriteModelsAsync()
    {
        (_numbers["drafted"], _numbers["tested"]) = ("drafted-service", "tested-service");
        var tested = "/models/tested-service/versions/1";
        await site.SendAsync(
            "dora",
            Yard.Post("/models", new { slug = "drafted-service", name = "Drafted service", purpose = "Is being written.", intent = new { need = "Less waiting", successRate = 95, durationP50 = "20m" } }),
            Yard.Post("/models", new { slug = "tested-service", name = "Tested service", purpose = "Only lacks a second person.", starter = "rolling-web-service", intent = new { need = "Less waiting" } }),
            ("POST", $"{tested}/start-testing", null));
        await site.SendAsync("paul", [.. Cases.Select(rehearsed => Yard.Post($"{tested}/table-rehearsals", new { @case = rehearsed, passed = true, with = "Ana Approver", notes = "Walked through line by line." }))]);
        await site.SendAsync("dora", ("POST", $"{tested}/pass-testing", null));
        await RegisterSourcesAsync();
    }

    /// <summary>Improvements as far as they come without live deployments: with a baseline they would be accepted.</summary>
    private async Task ImproveAsync()
    {
        foreach (var state in (string[])["proposed", "assessed", "declined"])
        {
            var proposal = new
            {
                model = "rolling-web-service",
                title = $"Look for the key before Execute ({state})",
                evidence = new[] { "S5 Read it back", _numbers["done"] },
                hypothesis = "The median lead time falls from 9 h to 5 h.",
            };
            _numbers[state] = JsonDocument.Parse(await site.SendAsync("paul", Yard.Post("/improvements", proposal))).RootElement.GetProperty("key").GetString()!;
        }

        await site.SendAsync(
            "dora",
            Yard.Post($"/improvements/{_numbers["assessed"]}/assessment", new { value = "High", effort = "Low", risk = "Low", note = "One check more." }),
            Yard.Post($"/improvements/{_numbers["declined"]}/decline", new { reason = "The next platform brings it." }));
    }

    /// <summary>A model that uses a block of which a later version is there, and another one is being written.</summary>
    private Task BuildOfBlocksAsync() => site.SendAsync(
        "dora",
        ("PUT", "/blocks/settled", "block: settled\nname: Settled\npurpose: Lets things settle.\nsteps:\n  - { name: Let it settle, uses: wait, with: { for: 5s } }\n"),
        ("PUT", "/models/built-service", """
            model: built-service
            name: Built service
            purpose: Shows what a model is built of.
            approach: BigBang
            appliesTo: { kinds: [Software], tiers: [DisasterRecovery], services: [nowhere] }
            stages:
              verifyComponents: [{ name: Compare, uses: check-artefacts }]
              verifyEnvironment: [{ name: Reach, uses: check-reachable }]
              execute: { phases: all-at-once, steps: [{ name: Bring it, uses: upload, with: { to: package } }] }
              verifyDeployment:
                - use: settled@1
                - { name: Look, uses: check-script, with: { command: [test, -d, .] } }
            rollback: { method: RedeployPrevious }
            """),
        ("PUT", "/blocks/settled", "block: settled\nname: Settled\npurpose: Lets things settle.\nsteps:\n  - { name: Let it settle, uses: wait, with: { for: 30s } }\n"),
        ("POST", "/blocks/settled/versions", "{}"));

    /// <summary>Of a server that is not there, so that the page shows a look that failed; and one that nobody looks at.</summary>
    private Task RegisterSourcesAsync() => site.SendAsync(
        "dora",
        Yard.Post("/model-sources", new { key = "platform", settings = new { name = "Platform models", repository = "https://127.0.0.1:9/platform/models.git", branch = "main", folder = "models", draftBranches = "models/*", pushSecret = "platform-push" } }),
        Yard.Post("/model-sources", new { key = "paused", settings = new { name = "Paused models", repository = "git@127.0.0.1:models.git", branch = "main", hostKey = $"SHA256:{new string('A', 43)}", credential = "models-key", pool = "elsewhere" } }),
        Yard.Post("/model-sources/paused/pause", new { reason = "The repository moves." }));

    /// <summary>A run that asks to be accepted, on a live target that by now has a version which nobody deployed.</summary>
    private async Task AcceptAndDriftAsync()
    {
        _accepting = await Yard.RegisterAsync(site, "accepting");
        await _accepting.TargetsAsync([_accepting.Local("web")]);
        await _accepting.ModelAsync(
            "BigBang", "phases: all-at-once\nsteps: [{ name: Bring it, uses: upload, with: { to: package }, timeout: 1m }]",
            "- { name: Try it, uses: accept, with: { statement: The shop works as it has to., criteria: [Prices are with tax, A cart can be paid], accepters: [ana@demo.deployhub] }, timeout: 14d }\n    - { name: Ask it, uses: check-script, with: { command: [test, -d, .] }, timeout: 1m }");
        _numbers["accepting"] = await _accepting.PlanAsync("1.0.0");
        await using var accepting = await site.StartAsync(_numbers["accepting"]);
        await accepting.Page.SeesAsync("Waiting");
        var here = $"/environments/{_accepting.Name}";
        await site.SendAsync(
            "dora", ("PUT", here, $$"""{"name":"{{_accepting.Name}}","owner":"Dora Manager","isLive":true,"order":9}"""),
            Yard.Post($"{here}/targets/web/observations", new { component = _accepting.Name, version = "1.1.0", source = "agent" }));
        var item = (await _accepting.ReadAsync($"{here}/drift"))[0].GetProperty("id").GetString();
        await site.SendAsync("dora", Yard.Post($"{here}/drift/{item}/confirm", new { reason = "Hotfix of INC-70" }));
        _numbers["unmanaged"] = (await _accepting.ReadAsync("/unmanaged-deployments"))[0].GetProperty("number").GetString()!;
    }

    /// <summary>An address in which <c>{draft}</c> and its like stand for numbers.</summary>
    public string AddressOf(string pattern) => _numbers.Aggregate(pattern, (address, known) => address.Replace($"{{{known.Key}}}", known.Value, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        if (_asking is not null) await _asking.DisposeAsync();
        if (_accepting is not null) await _accepting.DisposeAsync();
    }
}
