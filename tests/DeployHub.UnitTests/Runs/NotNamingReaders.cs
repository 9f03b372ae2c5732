using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;
using DeployHub.Features.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>Whoever may not see single readers hears what they did, not who did it (domain J12).</summary>
public sealed class NotNamingReaders
{
    [Fact]
    public void Events_of_readers_are_told_without_their_names()
    {
        var simulation = Reading.Asked(new Acknowledge("I know what is new.", ["ana@test.example", "paul@test.example", "dora@test.example"]));
        simulation.Exempt(Given.Dora, new DateOnly(2026, 11, 30)).Error.ShouldBeNull();
        simulation.Confirm(Reading.Ana).Error.ShouldBeNull();
        simulation.Confirm(Given.Paul).Error.ShouldBeNull();
        simulation.Work();

        var targetRuns = simulation.Run.TargetRuns.ToDictionary(targetRun => targetRun.Id);
        var told = simulation.Events.Select(happened => UnnamedReaders.Unnamed(RowOf(happened), targetRuns)).ToList();

        told.ShouldContain(row => row.Text == "A reader was made exempt." && row.By == UnnamedReaders.Somebody);
        told.ShouldContain(row => row.Text == "web-1: a reader confirmed “Read it”" && row.By == UnnamedReaders.Somebody);
        told.ShouldContain(row => row.Text == "web-1: 2 of 2 (1 exempt) confirmed “Read it”" && row.By == UnnamedReaders.Somebody);
        told.ShouldNotContain(row => row.Text.Contains("Ana", StringComparison.Ordinal) || row.Text.Contains("Dora", StringComparison.Ordinal) || row.By == Reading.Ana);
        told.Where(row => row.By == Given.Paul).Select(row => row.Subject).ShouldBe([RunEvent.OfRun]); // nor who was the last whom the target waited for
        told.ShouldContain(row => row.Text == "Paul started the run." && row.By == Given.Paul, "what is about no reader stays");
    }

    [Theory]
    [InlineData("quiz", "NotPassed", "A reader answered the questions.")]
    [InlineData("reader", "Due", "A reader is back and is asked again.")]
    [InlineData("reader", "Acknowledged", "A reader who was exempt confirmed.")]
    public void Each_in_a_sentence_without_a_person(string subject, string became, string text)
    {
        var happened = new ListRunEvents.Row(1, Given.Now, Reading.Ana, $"{subject}:{Guid.NewGuid()}/2", became, "web-1: Ana did it");
        UnnamedReaders.Unnamed(happened, new Dictionary<TargetRunId, TargetRun>()).ShouldBe(happened with { By = UnnamedReaders.Somebody, Text = text });
    }

    private static ListRunEvents.Row RowOf(RunEvent happened) => new(happened.Number, happened.At, happened.By, happened.Subject, happened.Became, happened.Text);
}
