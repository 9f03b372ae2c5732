using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Notifications;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>Those who have not confirmed are reminded on set days, each time once (domain J12).</summary>
public sealed class RemindingReaders
{
    [Fact]
    public void On_the_third_and_the_sixth_day_once_each_by_count()
    {
        var simulation = Asked();
        simulation.Advance();
        simulation.Run.DueAt.ShouldBe(Given.Now.AddDays(3));

        After(simulation, TimeSpan.FromDays(3));
        simulation.Confirm(Reading.Ana).Error.ShouldBeNull();
        After(simulation, TimeSpan.FromDays(3));
        After(simulation, TimeSpan.FromDays(6) - TimeSpan.FromSeconds(1));
        After(simulation, TimeSpan.FromDays(6));
        After(simulation, TimeSpan.FromDays(13));

        Sent(simulation).ShouldBe(
        [
            "3 readers of web-1 have yet to confirm “Read it” by 2026-12-07 10:00 UTC: 0 of 3 confirmed, 3 have to.",
            "2 readers of web-1 have yet to confirm “Read it” by 2026-12-07 10:00 UTC: 1 of 3 confirmed, 3 have to.",
        ]);
        simulation.Run.DueAt.ShouldBe(Given.Now.AddDays(14));
    }

    [Fact]
    public void What_fell_due_while_no_worker_looked_is_said_once()
    {
        var simulation = Asked();
        After(simulation, TimeSpan.FromDays(7));
        After(simulation, TimeSpan.FromDays(7));
        Sent(simulation).Count.ShouldBe(1);
    }

    [Fact]
    public void Nobody_who_is_exempt_or_after_the_deadline_and_nobody_while_the_run_is_halted()
    {
        var simulation = Asked();
        simulation.Confirm(Reading.Ana).Error.ShouldBeNull();
        simulation.Exempt(Given.Dora, new DateOnly(2026, 12, 31)).Error.ShouldBeNull();
        After(simulation, TimeSpan.FromDays(3));
        Sent(simulation).ShouldHaveSingleItem().ShouldStartWith("1 reader of web-1 has yet to confirm “Read it” by 2026-12-07 10:00 UTC: 1 of 2 (1 exempt) confirmed, 2 have to.");

        simulation.Run.Stop("Wait", Given.Dora, simulation.Now).Error.ShouldBeNull();
        After(simulation, TimeSpan.FromDays(6));
        Sent(simulation).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("2d, 1d, 20d", 2)]
    public void The_days_are_the_models(string days, int sent)
    {
        var simulation = Asked([.. days.Split(", ", StringSplitOptions.RemoveEmptyEntries)]);
        foreach (var day in Enumerable.Range(1, 13)) After(simulation, TimeSpan.FromDays(day));
        Sent(simulation).Count.ShouldBe(sent);
    }

    [Fact]
    public void Webhooks_are_told_of_it()
    {
        var simulation = Asked();
        After(simulation, TimeSpan.FromDays(3));
        ToldEvents.Of(simulation.Events[^1], Given.Now).ShouldBe(EventTypes.AcknowledgementDue);
        EventTypes.Names.ShouldContain("acknowledgement.due");
    }

    private static Simulation Asked(string[]? days = null) =>
        Reading.Asked(new Acknowledge("I know what is new.", ["ana@test.example", "paul@test.example", "dora@test.example"], RemindAfter: days), timeout: "14d");

    private static void After(Simulation simulation, TimeSpan time)
    {
        simulation.Now = Given.Now + time;
        simulation.Advance();
    }

    private static List<string> Sent(Simulation simulation) => [.. simulation.Events.Where(happened => happened.Subject.StartsWith(RunEvent.OfReminder, StringComparison.Ordinal)).Select(happened => happened.Text)];
}
