using System.Diagnostics;
using System.Text.Json;
using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models.InWords;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Domain.Runs.Verifying;
using DeployHub.Features.Runs;
using DeployHub.IntegrationTests.Hub;
using DeployHub.IntegrationTests.Ssh;
using DeployHub.Worker.Secrets;
using DeployHub.Worker.Steps;
using Microsoft.Extensions.DependencyInjection;

namespace DeployHub.IntegrationTests.Steps;

/// <summary>What every check of component versions promises, whatever it looks at: a new kind fails here until it has a <see cref="ComponentCheckCase"/>.</summary>
public sealed class EveryComponentCheckKeepsTheContract(ComponentStand stand) : IClassFixture<ComponentStand>, IAsyncLifetime
{
    private static readonly string[] PiecesOfPlanted = ["pl4nted", "S3cret", "slash$"];

    public static TheoryData<string> Kinds => [.. StepKinds.All.Where(kind => kind.Value.IsSubclassOf(typeof(ComponentCheck))).Select(kind => kind.Key)];

    public async ValueTask InitializeAsync() => await stand.PrepareAsync();

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_job_that_is_repeated_says_the_same_and_changes_nothing(string kind)
    {
        var check = Known(kind).Check;
        check.AfterLoss.ShouldBe(AfterLoss.RunAgain);
        StepInWords.Of(check).ShouldEndWith(".");
        var before = stand.Contents();

        var first = await VisitAsync(check, stand.Version.Good);
        var second = await VisitAsync(check, stand.Version.Good);

        first.ShouldBeOfType<StepOutcome.Succeeded>($"{first}").Evidence.ShouldNotBeEmpty();
        first.WhatShowsIt().ShouldAllBe(evidence => evidence.Name.Length > 0 && evidence.Value.Length > 0);
        CanonicalJson.Of(second).ShouldBe(CanonicalJson.Of(first));
        stand.Contents().ShouldBe(before);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task What_is_wrong_fails_by_one_sentence_that_names_what_the_rule_and_what_to_do(string kind)
    {
        var known = Known(kind);

        var failed = (await VisitAsync(known.Check, known.Wrong)).ShouldBeOfType<StepOutcome.Failed>();

        failed.Cause.ShouldBe(known.Cause, failed.Reason);
        failed.Reason.ShouldNotContain('\n');
        failed.Reason.ShouldNotContain("Exception");
        failed.Reason.Length.ShouldBeInRange(10, 1000);
        known.Words.ShouldAllBe(word => failed.Reason.Contains(word, StringComparison.Ordinal), failed.Reason);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_store_that_cannot_be_reached_is_never_a_pass(string kind)
    {
        var known = Known(kind);
        Assert.SkipUnless(known.ReadsStore, "It reads no store.");

        var outcome = await VisitAsync(known.Check, stand.Version.Away);

        var reason = known.ProvesOrigin ? outcome.ShouldBeOfType<StepOutcome.Failed>($"{outcome}").Reason : outcome.ShouldBeOfType<StepOutcome.Inconclusive>($"{outcome}").Reason;
        foreach (var word in (string[])["shop.json", "Away", "does not see the folder", "mount it"]) reason.ShouldContain(word);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Called_off_it_ends_in_time_and_says_nothing(string kind)
    {
        var known = Known(kind);
        if (known.ReadsStore) await stand.MakePipesAsync();
        using var over = new CancellationTokenSource(known.ReadsStore ? TimeSpan.FromMilliseconds(200) : TimeSpan.Zero);

        var watch = Stopwatch.StartNew();
        var visit = VisitAsync(known.Check, known.ReadsStore ? stand.Version.Endless : stand.Version.Good, cancellationToken: over.Token);
        if (known.ReadsStore) await Should.ThrowAsync<OperationCanceledException>(() => visit);
        else await visit.ContinueWith(ended => ended.IsFaulted.ShouldBeFalse(), TaskScheduler.Default); // what waits for nothing may be faster
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        if (known.ReadsStore) await stand.ReleasePipesAsync();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_secret_is_in_no_line_of_its_log_and_in_no_word_of_its_finding(string kind)
    {
        var known = Known(kind);
        Assert.SkipWhen(known.Telling is null, "It has no text that could hold one.");
        using var visit = new Visit();

        var outcome = await VisitAsync(known.Telling!, stand.Version.Good, visit: visit);

        outcome.ShouldBeOfType<StepOutcome.Failed>($"{outcome}");
        var masker = stand.Services.GetRequiredService<Masker>();
        var said = masker.Mask(visit.Text) + JsonSerializer.Serialize(outcome);
        foreach (var piece in PiecesOfPlanted) said.ShouldNotContain(piece, Case.Sensitive);
    }

    [Fact]
    public async Task Every_finding_says_what_was_expected_by_whom_and_when_it_was_looked_at_with_evidence_and_a_digest()
    {
        var checks = Kinds.Select(row => Known(row.Data).Check).Select(check => check is CheckDependencies ? new CheckDependencies() : check).ToList();
        var number = await stand.PlanWithAsync(checks);

        var name = (await stand.As(Role.CiSystem).Send(new VerifyNow(number, [Stage.VerifyComponents]))).Done();
        var found = (await stand.AsSystem.Send(new ShowDryVerification(name, WaitSeconds: 60))).Done();

        found.Findings.Select(finding => finding.Kind).ShouldBe(checks.Select(StepKinds.Of));
        foreach (var finding in found.Findings)
        {
            finding.Verdict.ShouldBe(Verdict.Pass, $"{finding}");
            finding.Evidence.ShouldNotBeEmpty();
            finding.Digest.ShouldBe(Digest.OfText(CanonicalJson.Of<StepOutcome>(new StepOutcome.Succeeded(finding.Evidence))), finding.Kind);
            finding.By.ShouldNotBeNull();
            finding.At.ShouldNotBeNull();
            finding.Expectation.ShouldEndWith(".");
        }
    }

    private ComponentCheckCase Known(string kind) => ComponentCheckCase.Of(kind, stand);

    /// <summary>As the worker makes it: secrets filled in, the outcome masked.</summary>
    private async Task<StepOutcome> VisitAsync(ComponentCheck check, SubjectVersion version, Visit? visit = null, CancellationToken cancellationToken = default)
    {
        using var own = visit is null ? new Visit() : null;
        var filled = (await stand.Services.GetRequiredService<SecretStore>().FillAsync(check, CancellationToken.None)).Value;
        var executor = stand.Services.GetServices<IStepExecutor>().Single(executor => executor.Handles == check.GetType());
        var context = (visit ?? own!).To(new Domain.Inventory.LocalConnection((visit ?? own!).Place), version: version) with { Connection = null };
        return stand.Services.GetRequiredService<Masker>().Mask(await executor.ExecuteAsync(filled, context, cancellationToken));
    }
}
