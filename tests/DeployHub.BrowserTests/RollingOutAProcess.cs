using System.Security.Cryptography;
using System.Text;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace DeployHub.BrowserTests;

/// <summary>A process and its runbook for three readerships, the pilot first (domain J12).</summary>
[IntegrationTests.Hub.TakesLong(49)]
public sealed class RollingOutAProcess(Site site) : IAsyncLifetime
{
    private const string Plan = "/deployments/new?Input.Environment=readerships&Input.Versions=escalation-process@v5&Input.Versions=escalation-runbook@v5&Input.Model=process-rollout&Input.Parameters[soak]=1s";

    private readonly string _store = Directory.CreateTempSubdirectory("deployhub-library-").FullName;

    [Fact]
    public async Task The_pilot_reads_confirms_and_is_promoted_then_the_others_follow()
    {
        await RegisterAsync();
        await SeesWhatIsMissingAsync();
        await using var paul = await site.StartAsync(await site.PlanAsync(Plan));
        var run = new Uri(paul.Page.Url).AbsolutePath;
        foreach (var target in (string[])["site-a", "site-b", "site-c"]) await AnswerAsync(paul.Page, run, "Find the readership as it is now", target, "Nobody has left");

        await PublishAsync(paul.Page, run, "site-a");
        await ConfirmAsync("ana", asks: "Does it hold at night, too?");
        await paul.Page.GotoAsync(run);
        await Expect(paul.Page.Locator("#observed-title")).ToHaveTextAsync("Promote Pilot?", new() { Timeout = 60_000 });
        await AnswerQuestionAsync(paul.Page, run);
        await paul.Page.GetByRole(AriaRole.Button, new() { Name = "Promote Pilot" }).ClickAsync();

        await PublishAsync(paul.Page, run, "site-b");
        await PublishAsync(paul.Page, run, "site-c");
        await ConfirmAsync("mia");
        await ConfirmAsync("dora");
        foreach (var target in (string[])["site-a", "site-b", "site-c"]) await AnswerAsync(paul.Page, run, "See that it is used", target, "The night of the 3rd went by it");
        await paul.Page.GotoAsync(run);
        await paul.Page.SeesAsync("Succeeded");

        await paul.Page.GotoAsync($"/records/{run.Split('/')[2]}");
        await Expect(paul.Page.Locator("main")).ToContainTextAsync("Confirmed by Ana");
        await Expect(paul.Page.Locator("main")).ToContainTextAsync("Value attendance");
        paul.Complaints.ShouldBeEmpty();
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_store, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task RegisterAsync()
    {
        await site.SendAsync("adam", Yard.Post("/stores", new { key = "library", name = "Library", kind = "Folder", location = _store }));
        await site.SendAsync("dora", [
            Yard.Post("/components", new { service = "greeter", key = "escalation-process", name = "Escalation process", kind = "Process" }),
            Yard.Post("/components", new { service = "greeter", key = "escalation-runbook", name = "Escalation runbook", kind = "Documentation" }),
            Yard.Post("/components", new { service = "greeter", key = "pager-rules", name = "Rules of the pager", kind = "Configuration" }),
            Yard.Post("/environments", new { key = "readerships", name = "Readerships", tier = "Other", owner = "Dora Manager", order = 12 }),
            .. new[] { ("site-a", "pilot", "ana"), ("site-b", "other", "mia"), ("site-c", "other", "dora") }.Select(target => Yard.Post("/environments/readerships/targets", new
            {
                name = target.Item1, connection = new { kind = "manual" }, labels = new { ring = target.Item2 }, variables = new { readers = $"{target.Item3}@demo.deployhub" },
            })),
        ]);
        await site.SendAsync("mia", [
            Yard.Post("/components/pager-rules/versions", new { label = "5.0.0", artefacts = new[] { Kept("pager.json", "{}") } }),
            Yard.Post("/components/escalation-runbook/versions", new
            {
                label = "v5",
                artefacts = new[] { Kept("runbook-sv.md", $"Ring [jouren]({site.Address}/sign-in)."), Kept("runbook-en.md", $"Call [the duty]({site.Address}/sign-in).") },
                manifest = Manifest(("approved by", "Olle Owner"), ("review date", "2099-06-30"), ("revision sv", "5"), ("revision en", "5")),
            }),
            Yard.Post("/components/escalation-process/versions", new
            {
                label = "v5",
                manifest = Manifest(("procedure", "Call, wait five minutes, escalate"), ("owner", "Olle Owner"), ("approved by", "Olle Owner"), ("training", "Briefing and three questions"), ("effective date", "2020-11-01"), ("review date", "2099-06-30")),
                dependencies = new[] { new { component = "pager-rules", versions = "^5" } },
            }),
        ]);
    }

    /// <summary>The tool is not configured yet.</summary>
    private async Task SeesWhatIsMissingAsync()
    {
        await using (var mia = await site.OpenAsync("mia"))
        {
            await mia.Page.GotoAsync(Plan);
            await Expect(mia.Page.Locator("#dependency-problems")).ToContainTextAsync("escalation-process v5 needs pager-rules ^5 in the same environment, but readerships has none");
            await mia.Page.LoadAxeAsync();
            (await mia.Page.ViolationsAsync()).ShouldBeEmpty();
        }

        await site.SendAsync("dora", Yard.Post("/environments/readerships/targets/site-a/observations", new { component = "pager-rules", version = "5.0.0", source = "pager" }));
    }

    private static async Task PublishAsync(IPage paul, string run, string target)
    {
        await AnswerAsync(paul, run, "Publish it and withdraw the old one (escalation-process)", target, "Published; v4 is in the archive");
        await AnswerAsync(paul, run, "Publish it and withdraw the old one (escalation-runbook)", target, "Published; v4 is in the archive");
        await paul.AnswerAsync($"Hold the briefing: {target}", ("attendance", "18"));
    }

    private static async Task AnswerAsync(IPage paul, string run, string step, string target, string note)
    {
        if (!paul.Url.EndsWith("/tasks", StringComparison.Ordinal)) await paul.GotoAsync($"{run}/tasks");
        await paul.AnswerAsync($"{step}: {target}", note: note);
        await Expect(paul.Locator("#on-device")).ToBeHiddenAsync(); // it has been sent
    }

    /// <summary>Nothing is promoted while a question that blocks is open.</summary>
    private static async Task AnswerQuestionAsync(IPage paul, string run)
    {
        await paul.GetByRole(AriaRole.Button, new() { Name = "Promote Pilot" }).ClickAsync();
        await Expect(paul.Locator("main")).ToContainTextAsync("Question 1 of Ana");
        await paul.GotoAsync($"{run}/questions");
        await paul.GetByLabel("Answer, or reason").FillAsync("At night, too.");
        await paul.GetByRole(AriaRole.Button, new() { Name = "Answer question 1" }).ClickAsync();
        await Expect(paul.Locator("main")).ToContainTextAsync("At night, too.");
        await paul.GotoAsync(run);
    }

    /// <summary>Both versions, each by a link on one's own first page: two of the three questions right, then confirm.</summary>
    private async Task ConfirmAsync(string person, string? asks = null)
    {
        await using var reader = await site.OpenAsync(person);
        foreach (var version in (string[])["escalation-process v5", "escalation-runbook v5"])
        {
            var link = reader.Page.Locator("main a[href*='/acknowledgement?'][href*='subject=site-']").First;
            for (var looks = 0; looks < 120 && await link.CountAsync() == 0; looks++)
            {
                await Task.Delay(250);
                await reader.Page.GotoAsync("/inbox");
            }

            await link.ClickAsync();
            await Expect(reader.Page.Locator("main")).ToContainTextAsync("I know whom to ask");
            if (asks is not null) await AskAsync(reader.Page, asks);
            asks = null;
            foreach (var choice in (string[])["v5", "In a copy of my own", "I ask before I go on"]) await reader.Page.GetByLabel(choice, new() { Exact = true }).CheckAsync();
            await reader.Page.GetByRole(AriaRole.Button, new() { Name = "Check my answers" }).ClickAsync();
            await Expect(reader.Page.Locator("main")).ToContainTextAsync("You answered 2 of 3 questions right.");
            await reader.Page.GetByRole(AriaRole.Button, new() { Name = $"I have read and understood {version}" }).ClickAsync();
            await Expect(reader.Page.Locator("main")).ToContainTextAsync("You have confirmed this.");
            await reader.Page.GotoAsync("/");
        }

        reader.Complaints.ShouldBeEmpty();
    }

    private static async Task AskAsync(IPage reader, string question)
    {
        await reader.GetByLabel("What you want to know").FillAsync(question);
        await reader.GetByLabel("Nobody should go on before this is answered").CheckAsync();
        await reader.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        await Expect(reader.Locator("#question-1")).ToContainTextAsync(question);
    }

    private object Kept(string name, string text)
    {
        File.WriteAllText(Path.Combine(_store, name), text);
        return new { name, store = "library", path = name, digest = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}" };
    }

    private static Dictionary<string, string> Manifest(params (string Name, string Value)[] entries) => entries.ToDictionary(entry => entry.Name, entry => entry.Value);
}
