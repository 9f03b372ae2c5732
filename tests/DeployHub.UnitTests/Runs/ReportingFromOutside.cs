using DeployHub.Domain;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>Work that others do and report: whom the run waits for, whose word counts, and what comes too late (domain §2.4.3, CR-4).</summary>
public sealed class ReportingFromOutside
{
    private const string Token = "dhr_token";

    private static readonly ModelContent Model = Given.Model("2", "0", Asking("Ask the shop"), new StepDefinition("Clean", new RunScript(["clean"])));

    [Fact]
    public void The_run_says_whom_it_waits_for_and_until_when()
    {
        var simulation = Asked();

        simulation.Run.Status.ShouldBe(RunStatus.Waiting);
        simulation.Run.WaitingFor.ShouldBe(WaitingReason.ExternalReport);
        simulation.Run.WaitingSentence.ShouldBe("shop.example has to report the end of “Ask the shop” for web-1 and web-2, by 2026-11-23 11:00:00 UTC at the latest.");
    }

    [Fact]
    public void A_report_ends_the_step_for_its_target_and_the_run_goes_on_when_all_are_in()
    {
        var simulation = Asked();
        Says(simulation, "web-1", ReportStatus.Running, "half done").Error.ShouldBeNull();
        Says(simulation, "web-1", ReportStatus.Succeeded, "done").Value.ShouldBe("shop.example");
        simulation.Run.WaitingFor.ShouldBeNull("a worker has the next step of web-1 to do");
        simulation.WorkUntil(run => run.WaitingFor is WaitingReason.ExternalReport).Run.WaitingSentence!.ShouldContain("for web-2,");

        Says(simulation, "web-2", ReportStatus.Succeeded, null).Error.ShouldBeNull();
        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
        var attempt = Waiting(simulation, "web-1").Steps[0].Attempts.ShouldHaveSingleItem();
        attempt.Outcome.ShouldBeOfType<StepOutcome.Succeeded>().Evidence.ShouldBe([new Evidence("Reported by", "shop.example"), new Evidence("Report", "done"), new Evidence("Ticket", "4711")]);
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void A_failure_halts_with_the_words_of_who_reported_it()
    {
        var simulation = Asked();
        Says(simulation, "web-2", ReportStatus.Failed, "no stock\nin Lund").Error.ShouldBeNull();

        simulation.Work().Run.OpenHalt!.Sentence.ShouldBe("“Ask the shop” failed on web-2: shop.example reported that it failed: no stock in Lund");
        Says(simulation, "web-1", ReportStatus.Succeeded, null).Error.ShouldBe(RunErrors.ReportTooLate, "its own time was over");
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void What_is_late_foreign_or_told_twice_is_refused_and_changes_nothing()
    {
        var simulation = Asked();
        Says(simulation, "web-1", ReportStatus.Succeeded, null, token: "another").Error.ShouldBe(RunErrors.NoSuchReport);
        Says(simulation, "web-1", ReportStatus.Succeeded, null, attempt: 2).Error.ShouldBe(RunErrors.NoSuchReport);
        Says(simulation, "web-1", ReportStatus.Succeeded, null).Error.ShouldBeNull();
        Says(simulation, "web-1", ReportStatus.Failed, null).Error.ShouldBe(RunErrors.AlreadyReported(ReportStatus.Succeeded));

        simulation.Work();
        simulation.Run.OpenHalt!.Cause.ShouldBe(HaltCause.StepTimedOut);
        Says(simulation, "web-2", ReportStatus.Succeeded, null).Error.ShouldBe(RunErrors.ReportTooLate);
    }

    [Fact]
    public void A_report_overtakes_the_worker_that_still_sends_and_is_taken_while_the_run_is_halted()
    {
        var simulation = Asked();
        simulation.Run.Stop("Lunch", Given.Dora, simulation.Now).Error.ShouldBeNull();
        var fence = Waiting(simulation, "web-1").Fence;
        Says(simulation, "web-1", ReportStatus.Succeeded, null).Error.ShouldBeNull();

        simulation.Run.Record(Waiting(simulation, "web-1").Id, fence, 1, new StepOutcome.TimedOut("Late"), Given.Lease, simulation.Now).Error.ShouldBe(RunErrors.StaleFence);
        Waiting(simulation, "web-1").Status.ShouldBe(TargetRunStatus.Pending, "a halted run begins nothing new");
        Says(simulation, "web-2", ReportStatus.Succeeded, null).Error.ShouldBeNull();
        simulation.Run.Retry(Given.Decision(simulation.Now)).Error.ShouldBeNull();
        simulation.Work().Run.Status.ShouldBe(RunStatus.Succeeded);
        simulation.ShouldFoldToItsState();
    }

    [Fact]
    public void Nobody_asks_a_second_time_when_the_worker_was_lost_while_it_sent()
    {
        var targets = Given.Targets(1);
        var simulation = new Simulation(Given.Run(targets, Model), targets, (_, step) => step.Settings is SendWebhook ? null : StepOutcome.Succeeded.Plain).Work();

        simulation.Run.OpenHalt!.Cause.ShouldBe(HaltCause.WorkerLost);
        simulation.Visits.Count(visit => visit.EndsWith("Ask the shop", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public void Names_who_is_asked_for_the_same_and_the_first_of_their_deadlines()
    {
        var simulation = Asked(Given.Model("3", "0", Asking("Ask the shop"), Asking("Ask again")), targets: 3);
        Says(simulation, "web-1", ReportStatus.Succeeded, null).Error.ShouldBeNull();
        simulation.Now += TimeSpan.FromMinutes(10);
        simulation.WorkUntil(run => run.WaitingFor is WaitingReason.ExternalReport);
        simulation.Run.ReportsSentence.ShouldBe("shop.example has to report the end of “Ask again” for web-1, by 2026-11-23 11:10:00 UTC at the latest.");

        Says(simulation, "web-2", ReportStatus.Succeeded, null).Error.ShouldBeNull();
        simulation.Now += TimeSpan.FromMinutes(10);
        simulation.WorkUntil(run => run.WaitingFor is WaitingReason.ExternalReport);
        simulation.Run.ReportsSentence.ShouldBe("shop.example has to report the end of “Ask again” for web-1 and web-2, by 2026-11-23 11:10:00 UTC at the latest.");
    }

    [Fact]
    public void Who_says_no_word_more_than_that_it_ended_is_quoted_with_none()
    {
        var simulation = Asked();
        Says(simulation, "web-1", ReportStatus.Succeeded, " ").Error.ShouldBeNull();
        Says(simulation, "web-2", ReportStatus.Failed, null).Error.ShouldBeNull();

        simulation.Run.OpenHalt!.Sentence.ShouldBe("“Ask the shop” failed on web-2: shop.example reported that it failed.");
        foreach (var target in (string[])["web-1", "web-2"]) Waiting(simulation, target).Steps[0].LastAttempt!.WhatShowsIt().ShouldBe([new Evidence("Reported by", "shop.example"), new Evidence("Ticket", "4711")]);
    }

    [Fact]
    public void A_report_on_what_is_not_there_is_refused()
    {
        var run = Asked().Run;
        foreach (var key in (ReportKey[])[new(TargetRunId.New(), 1, 1), new(run.In(Stage.Execute, 1).First().Id, 7, 1)])
            run.Report(key, Digest.OfText(Token), ReportStatus.Succeeded, null, [], Given.Now).Error.ShouldBe(RunErrors.NoSuchReport);
    }

    [Fact]
    public void A_report_is_too_late_when_its_time_is_over_although_something_still_cleans_up_there()
    {
        var simulation = Asked(Given.Model("1", "0", Asking("Ask the shop"), new StepDefinition("Tidy up", new RunScript(["tidy-up"])) { Runs = StepRuns.Always }), targets: 1, tidies: new StepOutcome.StillRunning("", TimeSpan.FromHours(1)));
        simulation.WorkUntil(_ => Waiting(simulation, "web-1").Steps[1].Status is StepStatus.Running);
        Waiting(simulation, "web-1").Status.ShouldBe(TargetRunStatus.InProgress);

        Says(simulation, "web-1", ReportStatus.Succeeded, null).Error.ShouldBe(RunErrors.ReportTooLate);
        Waiting(simulation, "web-1").Steps[0].Status.ShouldBe(StepStatus.TimedOut);
    }

    [Fact]
    public void A_report_ends_the_claim_of_the_worker_that_still_sends()
    {
        var simulation = Asked();
        var fence = Waiting(simulation, "web-1").Fence;
        Says(simulation, "web-1", ReportStatus.Succeeded, null).Error.ShouldBeNull();

        Waiting(simulation, "web-1").Fence.ShouldBeGreaterThan(fence);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_ticket_says_by_what_token_it_is_known_and_whether_the_message_was_sent(bool isSent)
    {
        var ticket = new CallbackTicket(Digest.OfText(Token), isSent);
        CallbackTicket.Parse(ticket.ToString()).ShouldBe(ticket);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("pid 4711")]
    [InlineData("4711 sent")]
    public void What_other_work_is_found_by_is_no_such_ticket(string? ticket) => CallbackTicket.Parse(ticket).ShouldBeNull();

    private static StepDefinition Asking(string name) => new(name, new SendWebhook("https://shop.example/", "${secret:hook}", Callback: true)) { Timeout = "1h" };

    private static Simulation Asked() => Asked(Model, targets: 2);

    private static Simulation Asked(ModelContent model, int targets, StepOutcome? tidies = null)
    {
        var known = Given.Targets(targets);
        return new Simulation(Given.Run(known, model), known, (_, step) => step switch
        {
            { Name: "Tidy up" } => tidies,
            { Settings: not SendWebhook } => StepOutcome.Succeeded.Plain,
            { Ticket: null } => new StepOutcome.StillRunning($"{new CallbackTicket(Digest.OfText(Token), IsSent: false)}", TimeSpan.Zero),
            { ReportedBy: null } => new StepOutcome.StillRunning($"{new CallbackTicket(Digest.OfText(Token), IsSent: true)}", TimeSpan.FromHours(1)) { ReportedBy = "shop.example" },
            _ => new StepOutcome.TimedOut("shop.example did not report."),
        }).WorkUntil(run => run.WaitingFor is WaitingReason.ExternalReport);
    }

    private static TargetRun Waiting(Simulation simulation, string target) => simulation.Run.TargetRuns.Single(targetRun => targetRun.Stage is Stage.Execute && targetRun.Subject == target);

    private static Result<string> Says(Simulation simulation, string target, ReportStatus status, string? message, string token = Token, int attempt = 1) =>
        simulation.Run.Report(new ReportKey(Waiting(simulation, target).Id, 1, attempt), Digest.OfText(token), status, message, [new Evidence("Ticket", "4711")], simulation.Now);
}
