using System.Net;
using System.Security.Cryptography;
using System.Text;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Sources;
using DeployHub.Features.Models;
using DeployHub.Features.Models.Sources;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Runs;
using Microsoft.EntityFrameworkCore;

namespace DeployHub.IntegrationTests.Models;

/// <summary>Models are kept in a real bare repository that a worker reads over SSH.</summary>
[TakesLong(60)]
public sealed class SynchronisingModels(SourceHub hub) : IClassFixture<SourceHub>
{
    private const string Document = """
        # Kept in Git.
        model: SLUG
        name: SLUG
        purpose: Shows how models come from Git.   # two blanks before this
        approach: BigBang
        appliesTo: { kinds: [Software] }
        stages:
          verifyComponents: [{ name: Compare the artefact, uses: check-artefacts, timeout: 1m }]

          verifyEnvironment: [{ name: Reach the target, uses: check-reachable, timeout: 1m }]
          execute:
            steps:
              - { name: Bring it, uses: upload, with: { to: package }, timeout: 1m }
            phases: all-at-once
          verifyDeployment:
            - { name: Read it back, uses: check-script, with: { command: [test, -f, package] }, timeout: 1m }
        rollback: { method: RedeployPrevious }
        # The end.
        """;

    [Fact]
    public async Task The_first_look_drafts_every_document_of_the_folder_to_the_byte()
    {
        using var repository = await RepositoryAsync();
        var (plain, windows) = (TestHub.Unique("git"), TestHub.Unique("git"));
        var text = "\uFEFF" + Of(windows).ReplaceLineEndings("\r\n");
        await repository.CommitAsync("Begin", ("README.md", "Models."), ("elsewhere/other.yaml", "not: looked at"), ("models/.hidden/x.yaml", "not: looked at"), ("models/notes.txt", "x"));
        await repository.LinkAsync("models/link.yaml", "plain.yaml");
        var commit = await repository.CommitAsync("Add two models: ü", ("models/plain.yaml", Of(plain)), ("models/deep/er/windows.yml", text));

        var source = await RegisterAsync(repository);

        (source.Standing, source.Commit, source.Trouble).ShouldBe((SourceStanding.Synchronised, commit, null));
        source.LeftOut.ShouldBe("A symbolic link or submodule is not followed.");
        source.Documents.Select(document => (document.Path, document.Model, document.Number, document.Outcome)).ShouldBe(
            [("models/deep/er/windows.yml", windows, 1, DocumentOutcome.Drafted), ("models/plain.yaml", plain, 1, DocumentOutcome.Drafted)]);
        var drafted = await VersionAsync(windows);
        (drafted.Status, drafted.Yaml, drafted.IsAsInGit).ShouldBe((ModelVersionStatus.Draft, text, true));
        drafted.Origin.ShouldBe(new ModelOrigin(source.Key, "main", "models/deep/er/windows.yml", commit, "Milo Miller", ModelOrigin.DigestOf(text)));
        drafted.Intent!.Need.ShouldStartWith("Add two models: ü (commit ");
        (await hub.AsSystem.Send(new ShowModel(plain))).Done().Owner.ShouldBe(Role.DeploymentManager.ToString(), "who registered the source answers for it");
        (await SyncedAsync(source.Key)).Entries.Count.ShouldBe(1, "the same commit again changes nothing");
        (await hub.AsSystem.Send(new ShowModel(plain))).Done().Versions.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_change_in_Git_is_written_to_the_draft_and_after_its_publication_begins_the_next()
    {
        using var repository = await RepositoryAsync();
        var slug = TestHub.Unique("git");
        await repository.CommitAsync("Begin", ("models/a.yaml", Of(slug)));
        var source = await RegisterAsync(repository);

        await repository.CommitAsync("Only a comment", ("models/a.yaml", Of(slug) + "\n# More.\n"));
        (await SyncedAsync(source.Key)).Documents.Single().Sentence.ShouldBe("v1 says the same; its text is the one in Git now.");
        (await VersionAsync(slug)).Yaml.ShouldEndWith("# More.\n");
        var second = await repository.CommitAsync("Say more", ("models/a.yaml", Changed(slug)));
        (await SyncedAsync(source.Key)).Documents.Single().Outcome.ShouldBe(DocumentOutcome.Written);
        (await VersionAsync(slug)).ShouldSatisfyAllConditions(draft => draft.Yaml.ShouldBe(Changed(slug)), draft => draft.Origin!.Commit.ShouldBe(second));

        (await hub.As(Role.DeploymentPractitioner).Send(new StartTestingModelVersion(slug, 1))).Done();
        await repository.CommitAsync("Not now", ("models/a.yaml", Of(slug)));
        (await SyncedAsync(source.Key)).Documents.Single().Outcome.ShouldBe(DocumentOutcome.Waits);
        (await VersionAsync(slug)).Yaml.ShouldBe(Changed(slug), "what is tested is frozen");
        (await hub.As(Role.DeploymentManager).Send(new DiscardModelVersion(slug, 1, "Begin anew."))).Done();
        (await hub.As(Role.DeploymentManager).Send(new ImportModel(slug, Changed(slug)))).Done();
        var drafted = (await SyncedAsync(source.Key)).Documents.Single();
        (drafted.Outcome, drafted.Number).ShouldBe((DocumentOutcome.Drafted, 3));
        (await VersionAsync(slug, 3)).ShouldSatisfyAllConditions(draft => draft.Basis.ShouldBe(2), draft => draft.Yaml.ShouldBe(Of(slug)));
    }

    [Fact]
    public async Task A_draft_that_was_edited_here_keeps_both_texts_until_a_person_chooses()
    {
        using var repository = await RepositoryAsync();
        var slug = TestHub.Unique("git");
        await repository.CommitAsync("Begin", ("models/a.yaml", Of(slug)));
        var source = await RegisterAsync(repository);
        var ours = Of(slug).Replace("# Kept in Git.", "# Ours.", StringComparison.Ordinal);
        (await hub.As(Role.DeploymentPractitioner).Send(new WriteModelVersion(slug, 1, ours))).Done();
        await repository.CommitAsync("Theirs", ("models/a.yaml", Changed(slug)));

        var clash = (await SyncedAsync(source.Key)).Documents.Single();
        (clash.Outcome, clash.Conflict!.Ours, clash.Conflict.Theirs).ShouldBe((DocumentOutcome.Conflict, ours, Changed(slug)));
        clash.Sentence.ShouldContain($"edited here by {Role.DeploymentPractitioner}");
        (await VersionAsync(slug)).Yaml.ShouldBe(ours);
        (await hub.As(Role.Auditor).Send(new ShowModelSource(source.Key))).Done().Documents.Single().Conflict.ShouldBeNull("drafts' texts are for those who write them");
        using (var browser = await hub.BrowserFor(Role.DeploymentManager))
        {
            var page = await browser.Read($"/models/sources/{source.Key}");
            page.ShouldContain("Take Git’s");
            page.ShouldContain("# Ours.");
            (await browser.Read("/models/sources")).ShouldContain("1 text to choose");
        }

        (await ChooseAsync(SourceChoice.KeepOurs, "another")).Refused("changed-meanwhile");
        (await ChooseAsync(SourceChoice.KeepOurs, clash.Conflict.Seen)).Done();
        (await SyncedAsync(source.Key)).Documents.Single().Outcome.ShouldBe(DocumentOutcome.KeptOurs);
        await repository.CommitAsync("Theirs again", ("models/a.yaml", Changed(slug) + "\n# Again.\n"));
        var again = (await SyncedAsync(source.Key)).Documents.Single();
        again.Outcome.ShouldBe(DocumentOutcome.Conflict, "each change in Git is told");
        (await ChooseAsync(SourceChoice.TakeGits, again.Conflict!.Seen)).Done();
        (await VersionAsync(slug)).ShouldSatisfyAllConditions(draft => draft.Yaml.ShouldEndWith("# Again.\n"), draft => draft.IsAsInGit.ShouldBe(true));
        (await ChooseAsync(SourceChoice.TakeGits, again.Conflict.Seen)).Refused("model-source.no-conflict");

        async Task<DeployHub.Domain.Result> ChooseAsync(SourceChoice choice, string seen) =>
            await hub.As(Role.DeploymentPractitioner).Send(new ResolveSourceConflict(source.Key, "main", "models/a.yaml", choice, seen));
    }

    [Fact]
    public async Task What_has_errors_is_told_with_its_line_and_column_and_changes_nothing()
    {
        using var repository = await RepositoryAsync();
        var (slug, other) = (TestHub.Unique("git"), TestHub.Unique("git"));
        await repository.CommitAsync("Begin", ("models/a.yaml", Of(slug)), ("models/broken.yaml", "model: x\nname: [\n"), ("models/half.yaml", Of(other).Replace("timeout: 1m }]", "timeout: soon }]", StringComparison.Ordinal)));
        await repository.CommitAsync("Too large and no text", ("models/large.yaml", $"# {new string('x', 300_000)}"), ("models/twin.yaml", Of(slug)));

        var documents = (await RegisterAsync(repository)).Documents.ToDictionary(document => document.Path);

        documents["models/a.yaml"].Outcome.ShouldBe(DocumentOutcome.Drafted);
        documents["models/broken.yaml"].ShouldSatisfyAllConditions(broken => broken.Outcome.ShouldBe(DocumentOutcome.Refused), broken => broken.Remarks[0].Line.ShouldBe(3), broken => broken.Sentence.ShouldContain("(line 3, column 1)"));
        documents["models/half.yaml"].Remarks.ShouldContain(remark => remark.Line == 8 && remark.Column > 1 && remark.Path == "stages.verifyComponents[0].timeout");
        documents["models/large.yaml"].Sentence.ShouldContain("at most 256 KiB");
        documents["models/twin.yaml"].ShouldSatisfyAllConditions(twin => twin.Outcome.ShouldBe(DocumentOutcome.Waits), twin => twin.Sentence.ShouldStartWith("models/a.yaml says what"));
        (await hub.AsSystem.Send(new ShowModel(other))).Refused("model.not-found");
    }

    [Fact]
    public async Task Rewritten_history_is_told_and_held_until_a_person_decides()
    {
        using var repository = await RepositoryAsync();
        var slug = TestHub.Unique("git");
        await repository.CommitAsync("Begin", ("models/a.yaml", Of(slug)));
        var was = await repository.CommitAsync("Go on", ("models/b.txt", "x"));
        var source = await RegisterAsync(repository);
        await repository.ForgetCommitsAsync(1);
        var now = await repository.CommitAsync("Otherwise", ("models/a.yaml", Changed(slug)));

        var held = await SyncedAsync(source.Key);
        (held.Standing, held.Rewritten!.Was, held.Rewritten.Now, held.Commit).ShouldBe((SourceStanding.Held, was, now, was));
        (await VersionAsync(slug)).Yaml.ShouldBe(Of(slug));
        (await hub.As(Role.DeploymentManager).Send(new SyncModelSource(source.Key))).Refused("model-source.history-rewritten").Message.ShouldContain(was[..10]);
        (await hub.As(Role.DeploymentPractitioner).Send(new GoOnFromRewrittenHistory(source.Key, now))).Refused("access.not-permitted");
        (await hub.As(Role.DeploymentManager).Send(new GoOnFromRewrittenHistory(source.Key, was))).Refused("model-source.not-held");
        using (var browser = await hub.BrowserFor(Role.DeploymentManager))
        {
            (await browser.Read($"/models/sources/{source.Key}")).ShouldContain($"Go on from {now[..10]}");
            using var gone = await browser.Submit($"/models/sources/{source.Key}", "GoOn", ("Commit", now));
            gone.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        }

        await TestHub.Until(async () => (await ShowAsync(source.Key)).Commit == now, "it goes on");
        (await VersionAsync(slug)).Yaml.ShouldBe(Changed(slug));
        (await ShowAsync(source.Key)).Entries.Select(entry => entry.Outcome).ShouldBe([SyncOutcome.Done, SyncOutcome.WentOn, SyncOutcome.Held, SyncOutcome.Done]);
    }

    [Fact]
    public async Task A_branch_makes_drafts_of_what_it_changes_and_hands_them_over_when_it_is_merged()
    {
        using var repository = await RepositoryAsync();
        var (slug, other) = (TestHub.Unique("git"), TestHub.Unique("git"));
        await repository.CommitAsync("Begin", ("models/a.yaml", Of(slug)), ("models/b.yaml", Of(other)));
        var source = await RegisterAsync(repository, settings => settings with { Use = SourceUse.Publishes, DraftBranches = "models/*" });
        source.Documents.ShouldAllBe(document => document.Outcome == DocumentOutcome.Published);
        (await VersionAsync(slug)).Origin!.Path.ShouldBe("models/a.yaml");

        await repository.BranchAsync("models/more");
        await repository.CommitAsync("Say more", ("models/a.yaml", Changed(slug)));
        var branched = (await SyncedAsync(source.Key)).Documents.Single(document => document.Branch == "models/more");
        (branched.Path, branched.Outcome, branched.Number).ShouldBe(("models/a.yaml", DocumentOutcome.Drafted, 2));
        (await VersionAsync(slug, 2)).Origin!.Branch.ShouldBe("models/more");

        await repository.CheckOutAsync("main");
        await repository.MergeAsync("models/more");
        var merged = (await SyncedAsync(source.Key)).Documents.Single(document => document.Path == "models/a.yaml");
        (merged.Branch, merged.Outcome).ShouldBe(("main", DocumentOutcome.Waits));
        merged.Sentence.ShouldContain("says the same and is open");
        await repository.DeleteBranchAsync("models/more");
        (await hub.As(Role.DeploymentManager).Send(new DiscardModelVersion(slug, 2, "Git publishes it."))).Done();
        (await SyncedAsync(source.Key)).Documents.Single(document => document.Path == "models/a.yaml").ShouldSatisfyAllConditions(published => published.Outcome.ShouldBe(DocumentOutcome.Published), published => published.Number.ShouldBe(3));
        (await ShowAsync(source.Key)).Heads.Keys.ShouldBe(["main"]);
    }

    [Fact]
    public async Task What_was_deleted_in_Git_is_told_and_nothing_is_retired()
    {
        using var repository = await RepositoryAsync();
        var slug = TestHub.Unique("git");
        await repository.CommitAsync("Begin", ("models/a.yaml", Of(slug)));
        var source = await RegisterAsync(repository);

        await repository.CommitAsync("Move it", ("models/a.yaml", null), ("models/moved.yaml", Of(slug)));
        var moved = await SyncedAsync(source.Key);
        moved.Documents.Select(document => (document.Path, document.Outcome)).ShouldBe([("models/a.yaml", DocumentOutcome.Gone), ("models/moved.yaml", DocumentOutcome.Unchanged)]);
        (await VersionAsync(slug)).Origin!.Path.ShouldBe("models/moved.yaml");
        await repository.CommitAsync("Delete it", ("models/moved.yaml", null));
        (await SyncedAsync(source.Key)).Documents.ShouldAllBe(document => document.Outcome == DocumentOutcome.Gone);
        (await VersionAsync(slug)).Status.ShouldBe(ModelVersionStatus.Draft);
    }

    [Fact]
    public async Task A_push_that_proves_itself_makes_a_worker_look_and_nobody_learns_whether_it_did()
    {
        using var repository = await RepositoryAsync();
        var slug = TestHub.Unique("git");
        await repository.CommitAsync("Begin", ("models/a.yaml", Of(slug)));
        var source = await RegisterAsync(repository, settings => settings with { PushSecret = SourceHub.PushSecret });
        var commit = await repository.CommitAsync("Say more", ("models/a.yaml", Changed(slug)));
        const string Body = """{"ref":"refs/heads/main"}""";

        (await PushAsync(source.Key, Body, ("X-Hub-Signature-256", $"sha256={new string('0', 64)}"))).ShouldBe((HttpStatusCode.Accepted, ""));
        (await PushAsync(source.Key, Body, ("X-Gitlab-Token", "guessed"))).ShouldBe((HttpStatusCode.Accepted, ""));
        await TestHub.Until(async () => (await ShowAsync(source.Key)).Pushes.Refused == 2, "both are judged");
        (await ShowAsync(source.Key)).Commit.ShouldNotBe(commit);

        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(SourceHub.PushValue), Encoding.UTF8.GetBytes(Body)));
        (await PushAsync(source.Key, Body, ("X-Hub-Signature-256", $"sha256={signature}"))).ShouldBe((HttpStatusCode.Accepted, ""));
        await TestHub.Until(async () => (await ShowAsync(source.Key)) is { Pushes.Refused: 0 } view && view.Commit == commit, "the push is followed");
        foreach (var (header, proof) in new[] { ("X-Gitea-Signature", signature), ("X-Gitlab-Token", SourceHub.PushValue), ("Authorization", $"Bearer {SourceHub.PushValue}") })
        {
            var heard = (await ShowAsync(source.Key)).Pushes.HeardAt;
            (await PushAsync(source.Key, Body, (header, proof))).Status.ShouldBe(HttpStatusCode.Accepted);
            await TestHub.Until(async () => (await ShowAsync(source.Key)).Pushes.HeardAt != heard, $"{header} is believed");
        }

        (await PushAsync("no-such-source", Body, ("X-Gitlab-Token", "guessed"))).ShouldBe((HttpStatusCode.Accepted, ""));
        (await PushAsync(source.Key, Body)).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await PushAsync(source.Key, Body, ("X-Hub-Signature-256", "sha256=half"))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await hub.Database(db => db.SourcePushes.CountAsync())).ShouldBe(0, "what was judged is not kept");
    }

    [Fact]
    public async Task What_cannot_be_read_is_told_in_a_sentence()
    {
        using var repository = await RepositoryAsync();
        await repository.CommitAsync("Begin", ("README.md", "No model."));

        (await RegisterAsync(repository)).ShouldSatisfyAllConditions(empty => empty.Standing.ShouldBe(SourceStanding.Synchronised), empty => empty.Documents.ShouldBeEmpty());
        (await TroubleAsync(settings => settings with { Branch = "nowhere" })).ShouldContain("has no branch nowhere");
        (await TroubleAsync(settings => settings with { Repository = settings.Repository.Replace("models.git", "none.git", StringComparison.Ordinal) })).ShouldContain("none.git' does not appear to be a git repository");
        (await TroubleAsync(settings => settings with { Credential = "no-such-secret" })).ShouldContain("knows no secret named “no-such-secret”");
        (await TroubleAsync(settings => settings with { HostKey = $"SHA256:{new string('A', 43)}" })).ShouldContain(hub.Sshd.HostKey);
        (await TroubleAsync(settings => settings with { Repository = $"file://{repository.Bare}", HostKey = null, Credential = null })).ShouldContain("DeployHub__Worker__Git__Folders");
        (await hub.As(Role.Administrator).Send(new RegisterModelSource(TestHub.Unique("source"), Settings(repository)))).Refused("access.not-permitted");

        async Task<string> TroubleAsync(Func<SourceSettings, SourceSettings> change)
        {
            var source = await RegisterAsync(repository, change);
            source.Standing.ShouldBe(SourceStanding.Failed);
            return source.Trouble!;
        }
    }

    [Fact]
    public async Task A_paused_source_is_not_looked_at_and_settings_are_not_overwritten_unseen()
    {
        using var repository = await RepositoryAsync();
        var slug = TestHub.Unique("git");
        await repository.CommitAsync("Begin", ("models/a.yaml", Of(slug)));
        var source = await RegisterAsync(repository);
        var manager = hub.As(Role.DeploymentManager);

        (await manager.Send(new PauseModelSource(source.Key, "The repository moves."))).Done();
        (await manager.Send(new SyncModelSource(source.Key))).Refused("model-source.paused");
        (await manager.Send(new ConfigureModelSource(source.Key, Settings(repository) with { Folder = "elsewhere" }, source.RowVersion))).Refused("changed-meanwhile");
        (await manager.Send(new ConfigureModelSource(source.Key, Settings(repository) with { Folder = "elsewhere" }, (await ShowAsync(source.Key)).RowVersion))).Done();
        (await ShowAsync(source.Key)).Documents.Single().Outcome.ShouldBe(DocumentOutcome.Drafted, "nobody looks yet");
        (await manager.Send(new ResumeModelSource(source.Key))).Done();
        await TestHub.Until(async () => (await ShowAsync(source.Key)).Documents.Single().Outcome is DocumentOutcome.Gone, "the other folder is looked at");
    }

    [Fact]
    public async Task What_was_typed_is_kept_when_it_is_refused_and_the_pages_show_what_was_said()
    {
        using var repository = await RepositoryAsync();
        var (key, slug) = (TestHub.Unique("typed"), TestHub.Unique("git"));
        await repository.CommitAsync("Begin", ("models/a.yaml", Of(slug)), ("models/broken.yaml", "model: ["));
        using var browser = await hub.BrowserFor(Role.DeploymentManager);
        (await browser.Read("/models/sources/new")).ShouldContain("Minutes between looks");

        using (var refused = await TypeAsync("http://git.example.com/models.git"))
        {
            var page = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync());
            page.ShouldContain("anybody on the way could write your models");
            page.ShouldContain("value=\"http://git.example.com/models.git\"");
            page.ShouldContain($"value=\"{hub.Sshd.HostKey}\"");
        }

        using (var registered = await TypeAsync(repository.Address)) registered.Headers.Location!.ToString().ShouldBe($"/models/sources/{key}");
        await TestHub.Until(async () => (await ShowAsync(key)).LookedAt is not null, "it is looked at");
        var shown = await browser.Read($"/models/sources/{key}");
        var remark = (await ShowAsync(key)).Documents.Single(document => document.Outcome is DocumentOutcome.Refused).Remarks[0];
        shown.ShouldContain($"line {remark.Line}, column {remark.Column}");
        shown.ShouldContain($"/api/v1/model-sources/{key}/pushes");
        (await browser.Read($"/models/{slug}/versions/1")).ShouldContain($"<a href=\"/models/sources/{key}\">{key}</a>");
        (await browser.Read($"/models/sources/{key}/edit")).ShouldContain($"value=\"{repository.Address}\"");
        using (var paused = await browser.Submit($"/models/sources/{key}", "Pause", ("Reason", "It moves."))) paused.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await browser.Read($"/models/sources/{key}")).ShouldContain("It moves.");

        Task<HttpResponseMessage> TypeAsync(string address) => browser.Submit(
            "/models/sources/new", null, ("Input.Key", key), ("Input.Settings.Name", "Typed"), ("Input.Settings.Repository", address), ("Input.Settings.Branch", "main"), ("Input.Settings.Folder", "models/"),
            ("Input.Settings.Use", "Drafts"), ("Input.Settings.HostKey", hub.Sshd.HostKey), ("Input.Settings.Credential", SourceHub.Key), ("Input.Settings.EveryMinutes", ""), ("Input.Settings.PushSecret", SourceHub.PushSecret));
    }

    [Fact]
    public async Task A_folder_of_the_worker_s_disk_is_read_where_that_is_allowed_and_by_no_link_out_of_it()
    {
        using var repository = await RepositoryAsync();
        var slug = TestHub.Unique("git");
        await repository.CommitAsync("Begin", ("models/a.yaml", Of(slug)));
        Directory.CreateDirectory(hub.Repositories);
        Directory.CreateSymbolicLink(Path.Combine(hub.Repositories, "link.git"), repository.Bare);
        await repository.GitAsync("clone", "-q", "--bare", repository.Bare, Path.Combine(hub.Repositories, $"{slug}.git"));

        (await RegisterAsync(repository, settings => Local(settings, $"{slug}.git"))).Documents.ShouldHaveSingleItem().Outcome.ShouldBe(DocumentOutcome.Drafted);
        (await RegisterAsync(repository, settings => Local(settings, "link.git"))).Trouble!.ShouldContain("link.git is a link");

        SourceSettings Local(SourceSettings settings, string name) => settings with { Repository = $"file://{hub.Repositories}/{name}", HostKey = null, Credential = null };
    }

    [Fact]
    public async Task What_a_killed_worker_left_is_done_by_the_next_and_nothing_twice()
    {
        using var repository = await RepositoryAsync();
        var slugs = Enumerable.Range(0, 60).Select(_ => TestHub.Unique("git")).ToList();
        await repository.CommitAsync("Begin", [.. slugs.Select(slug => ($"models/{slug}.yaml", (string?)Of(slug)))]);
        var key = await StartAsync(repository, settings => settings with { Pool = "mortal" });
        await using (var mortal = await WorkerAsync("mortal"))
        {
            await TestHub.Until(async () => await CountAsync() > 3, "it has begun", seconds: 60);
            mortal.Kill();
            await mortal.EndAsync();
        }

        (await CountAsync()).ShouldBeLessThan(slugs.Count);
        (await ShowAsync(key)).LookedAt.ShouldBeNull();
        await using var next = await WorkerAsync("immortal");
        await TestHub.Until(async () => (await ShowAsync(key)).LookedAt is not null, "the next worker has done it", seconds: 60);

        (await ShowAsync(key)).ShouldSatisfyAllConditions(view => view.Standing.ShouldBe(SourceStanding.Synchronised), view => view.Documents.Count.ShouldBe(slugs.Count), view => view.Entries.ShouldHaveSingleItem().By.ShouldStartWith("immortal"));
        (await hub.Database(db => db.ModelVersions.CountAsync(version => db.Models.Any(model => model.Id == version.ModelId && slugs.Contains(model.Slug))))).ShouldBe(slugs.Count);
        Directory.GetDirectories(Path.Combine(hub.Data, "mortal", "model-sources"), "*.work").ShouldBeEmpty("no key of a killed worker lies about");

        Task<int> CountAsync() => hub.Database(db => db.SourceDocuments.CountAsync(document => db.ModelSources.Any(source => source.Key == key && source.Id == document.SourceId)));

        Task<DeployHubProcess> WorkerAsync(string name) => hub.StartWorkerAsync(
            TestHub.Unique(name), ("DeployHub__Worker__Pools", "mortal"), ("DeployHub__DataDirectory", Path.Combine(hub.Data, "mortal")), ("DeployHub__SecretsDirectory", hub.Secrets));
    }

    private static string Of(string slug) => Document.Replace("SLUG", slug, StringComparison.Ordinal);

    private static string Changed(string slug) => Of(slug).Replace("how models come", "how other models come", StringComparison.Ordinal);

    private async Task<TestRepository> RepositoryAsync()
    {
        Assert.SkipUnless(TestSshd.CanStart, TestSshd.Why);
        return await TestRepository.MakeAsync(hub.Sshd);
    }

    private SourceSettings Settings(TestRepository repository) => new("Models", repository.Address, "main", "models") { HostKey = hub.Sshd.HostKey, Credential = SourceHub.Key };

    private async Task<string> StartAsync(TestRepository repository, Func<SourceSettings, SourceSettings>? change = null) =>
        (await hub.As(Role.DeploymentManager).Send(new RegisterModelSource(TestHub.Unique("source"), (change ?? (settings => settings))(Settings(repository))))).Done();

    /// <summary>Registered and looked at once.</summary>
    private async Task<ShowModelSource.View> RegisterAsync(TestRepository repository, Func<SourceSettings, SourceSettings>? change = null)
    {
        var key = await StartAsync(repository, change);
        await TestHub.Until(async () => (await ShowAsync(key)).LookedAt is not null, "it is looked at");
        return await ShowAsync(key);
    }

    /// <summary>After one more look that began after now.</summary>
    private async Task<ShowModelSource.View> SyncedAsync(string key)
    {
        await TestHub.Until(async () => (await ShowAsync(key)) is { Worker: null, DueAt: null }, "nobody looks");
        var before = (await ShowAsync(key)).LookedAt;
        (await hub.As(Role.DeploymentManager).Send(new SyncModelSource(key))).Done();
        await TestHub.Until(async () => (await ShowAsync(key)) is { Worker: null, DueAt: null } view && view.LookedAt != before, "it is looked at again");
        return await ShowAsync(key);
    }

    private async Task<ShowModelSource.View> ShowAsync(string key) => (await hub.AsSystem.Send(new ShowModelSource(key))).Done();

    private async Task<ShowModelVersion.View> VersionAsync(string slug, int number = 1) => (await hub.AsSystem.Send(new ShowModelVersion(slug, number))).Done();

    private async Task<(HttpStatusCode Status, string Body)> PushAsync(string key, string body, params (string Name, string Value)[] headers)
    {
        using var client = hub.Anonymous();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/model-sources/{key}/pushes") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
