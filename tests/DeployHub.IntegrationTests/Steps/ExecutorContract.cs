using System.Diagnostics;
using DeployHub.Domain;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.InWords;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Models.Validation;
using DeployHub.Domain.Runs;
using DeployHub.Features.Models;
using DeployHub.Features.Models.Notation;
using DeployHub.IntegrationTests.Hub;
using DeployHub.Worker.Steps;

namespace DeployHub.IntegrationTests.Steps;

/// <summary>
/// What every executor promises, whatever it does. Each kind derives one class, named after its executor, and says what works, what
/// fails, what would never end and where a secret goes in.
/// </summary>
public abstract class ExecutorContract : IAsyncLifetime
{
    /// <summary>Quotes, a dollar and a backslash: what any quoting on the way would change, so that masking the plain value would not be enough.</summary>
    protected const string Planted = """pl4nted'S3cret"back\slash$(end)""";

    private static readonly string[] PiecesOfPlanted = ["pl4nted", "S3cret", "slash$"];

    internal Workbench Bench { get; } = new();

    /// <summary>Why this kind cannot be tried here; null when it can.</summary>
    protected virtual string? Missing => null;

    protected abstract AfterLoss AfterLoss { get; }

    /// <summary>Settings that go well; they may use <c>${secret:planted}</c>.</summary>
    protected abstract StepSettings Working { get; }

    /// <summary>Settings that the world refuses, and the words that its sentence must hold: what and where.</summary>
    protected abstract (StepSettings Settings, string[] Words)? Failing { get; }

    /// <summary>Settings that go on for ever and a text in the command line of what they start; null for a kind whose work ends by itself or holds no worker.</summary>
    protected abstract (StepSettings Settings, string? Process)? Endless { get; }

    /// <summary>Settings that show <c>${secret:planted}</c> wherever they can; null for a kind that cannot take one.</summary>
    protected virtual StepSettings? Telling => Working;

    protected virtual Connection? Connection => Bench.Local;

    internal virtual SubjectVersion? Version => null;

    /// <summary>What the work left in the world, as text to compare.</summary>
    protected virtual Task<string> StateAsync() => Task.FromResult("");

    [Fact]
    public void It_says_what_a_lost_worker_means() => Working.AfterLoss.ShouldBe(AfterLoss);

    [Fact]
    public void It_can_be_written_read_and_said_in_words()
    {
        foreach (var settings in new[] { Working, Failing?.Settings, Endless?.Settings, Telling }.OfType<StepSettings>())
        {
            var read = ModelReader.Read(YamlSource.Read(ModelDocument.Yaml(ModelWith(settings))), []).Execute.Steps[0].Settings;
            CanonicalJson.Of(read).ShouldBe(CanonicalJson.Of(settings));
            ModelValidation.Check(ModelWith(settings), NCalcConditions.Instance).Where(remark => remark.Path.Contains("execute.steps[0].with", StringComparison.Ordinal)).Select(remark => remark.Sentence).ShouldBeEmpty();
            StepInWords.Of(settings).ShouldEndWith(".");
        }
    }

    [Fact]
    public async Task What_goes_well_is_shown_by_evidence()
    {
        var outcome = await VisitAsync(Working);

        if (outcome is StepOutcome.NeedsPerson or StepOutcome.StillRunning) return;
        if (outcome is StepOutcome.Observed look) outcome = new StepOutcome.Succeeded([.. look.Evidence, .. look.Facts.Select(seen => new Evidence(seen.Fact.Subject, seen.Value ?? ""))]); // as the domain's verdict keeps it
        outcome.ShouldBeOfType<StepOutcome.Succeeded>($"{outcome}").Evidence.ShouldNotBeEmpty();
        ((StepOutcome.Succeeded)outcome).Evidence.ShouldAllBe(evidence => evidence.Name.Length > 0 && evidence.Value.Length > 0);
    }

    [Fact]
    public async Task A_failure_is_one_sentence_that_names_what_and_where()
    {
        Assert.SkipWhen(Failing is null, "Nothing in the world can refuse this kind.");
        var failing = Failing!.Value;

        var reason = (await VisitAsync(failing.Settings)).ShouldBeOfType<StepOutcome.Failed>().Reason;
        reason.ShouldNotContain('\n');
        reason.Length.ShouldBeInRange(10, 1000);
        reason.ShouldNotContain("Exception");
        failing.Words.ShouldAllBe(word => reason.Contains(word, StringComparison.Ordinal), reason);
    }

    [Fact]
    public async Task Its_time_limit_ends_it_and_leaves_nothing_running()
    {
        if (Endless is not { } endless)
        {
            await EndsByItselfAsync();
            return;
        }

        var watch = Stopwatch.StartNew();
        (await VisitAsync(endless.Settings, TimeSpan.FromSeconds(3))).ShouldBeOfType<StepOutcome.TimedOut>();
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(13));
        await NothingRunsAsync(endless.Process);
    }

    [Fact]
    public async Task A_cancellation_ends_it_within_seconds_and_leaves_nothing_running()
    {
        if (Endless is not { } endless)
        {
            await EndsByItselfAsync();
            return;
        }

        using var cancel = new CancellationTokenSource();
        var visit = VisitAsync(endless.Settings, TimeSpan.FromSeconds(60), cancel.Token);
        if (endless.Process is { } process) await TestHub.Until(() => Task.FromResult(Workbench.IsRunning(process) || visit.IsCompleted), $"{process} runs");
        visit.IsCompleted.ShouldBeFalse(string.Join('\n', Bench.Log));
        await cancel.CancelAsync();

        var watch = Stopwatch.StartNew();
        await Should.ThrowAsync<OperationCanceledException>(() => visit);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(1)); // some begin programs of their own, beside other tests
        await NothingRunsAsync(endless.Process);
    }

    [Fact]
    public async Task A_secret_is_in_no_line_of_its_log_and_in_no_word_of_its_outcome()
    {
        Assert.SkipWhen(Telling is null, "This kind takes no secret.");

        var outcome = await VisitAsync(Telling!);

        var said = string.Join('\n', Bench.Log.Append(System.Text.Json.JsonSerializer.Serialize(outcome)));
        foreach (var piece in PiecesOfPlanted) said.ShouldNotContain(piece, Case.Sensitive);
    }

    [Fact]
    public async Task Doing_it_twice_with_the_same_key_leads_to_the_same_state()
    {
        if (AfterLoss is not AfterLoss.RunAgain) Assert.Skip("A person is asked before this kind is done twice.");

        var first = await VisitAsync(Working);
        var state = await StateAsync();
        var second = await VisitAsync(Working);

        second.GetType().ShouldBe(first.GetType(), $"{second}");
        (await StateAsync()).ShouldBe(state);
    }

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(Missing is not null, Missing ?? "");
        Bench.Know("planted", Planted);
        try
        {
            await PrepareAsync();
        }
        catch
        {
            await DisposeAsync(); // nobody else would end what was started
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CleanUpAsync();
        await Bench.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts what the kind needs in the world.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;

    protected virtual Task CleanUpAsync() => Task.CompletedTask;

    protected Task<StepOutcome> VisitAsync(StepSettings settings, TimeSpan? limit = null, CancellationToken cancellationToken = default) =>
        Bench.VisitAsync(settings, Connection, Version, limit, cancellationToken: cancellationToken);

    protected async Task<Dictionary<string, string>> SucceedsAsync(StepSettings settings)
    {
        var outcome = await VisitAsync(settings);
        return outcome.ShouldBeOfType<StepOutcome.Succeeded>($"{outcome}\n{string.Join('\n', Bench.Log)}").Evidence.ToDictionary(evidence => evidence.Name, evidence => evidence.Value);
    }

    protected async Task<StepOutcome.Failed> FailsAsync(StepSettings settings) =>
        (await VisitAsync(settings)).ShouldBeOfType<StepOutcome.Failed>();

    private async Task EndsByItselfAsync()
    {
        var watch = Stopwatch.StartNew();
        (await VisitAsync(Working)).ShouldNotBeOfType<StepOutcome.TimedOut>();
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(1)); // some begin programs of their own, beside other tests
    }

    private static Task NothingRunsAsync(string? process) => process is null
        ? Task.CompletedTask
        : TestHub.Until(() => Task.FromResult(!Workbench.IsRunning(process)), $"nothing runs that says {process}", 10);

    private static ModelContent ModelWith(StepSettings settings) => new()
    {
        Model = "contract",
        Name = "Contract",
        Purpose = "Holds one step.",
        Approach = Approach.Rolling,
        VerifyComponents = [new StepDefinition("Compare", new CheckArtefacts())],
        VerifyEnvironment = [new StepDefinition("Reach", new CheckReachable())],
        Execute = new ExecuteDefinition { Phases = new Batches("1"), Steps = [new StepDefinition("Do it", settings) { Timeout = "1d" }] },
        VerifyDeployment = [new StepDefinition("Ask", new CheckHttp("http://localhost/"))],
        Rollback = new RollbackDefinition(RollbackMethod.RedeployPrevious),
    };
}
