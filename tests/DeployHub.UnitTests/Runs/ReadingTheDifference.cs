using DeployHub.Domain.Inventory.Manifests;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Runs;

namespace DeployHub.UnitTests.Runs;

/// <summary>Whoever has acknowledged the version before is asked about what changed since, and about nothing else (domain J12).</summary>
public sealed class ReadingTheDifference
{
    private static readonly Dictionary<string, string> Manifest = new() { ["owner"] = "Olle", [ChangeNote.SinceEntry] = "1.0.0", [ChangeNote.TextEntry] = "The number of the duty engineer." };
    private static readonly EarlierAcknowledgement Earlier = new("1.0.0", Given.Now.AddDays(-30), "DEP-2026-000009/R1");
    private static readonly QuizQuestion[] Quiz = [new("Whom do you call first?", ["The duty engineer", "The owner"], ["The duty engineer"])];

    [Fact]
    public void They_confirm_the_difference_without_the_questions_and_the_record_names_what_they_knew()
    {
        var simulation = Asked(Manifest, new KnownAcknowledgement(Given.New.ComponentId, Reading.Ana, Earlier), new KnownAcknowledgement(Given.New.ComponentId, Reading.Ana, Earlier with { At = Earlier.At.AddDays(-1) }));
        simulation.ReadStep().Difference.ShouldBe(new ChangeNote("1.0.0", "The number of the duty engineer."));
        (simulation.Reader(Reading.Ana).Earlier, simulation.Reader(Given.Dora).Earlier).ShouldBe((Earlier, null));

        simulation.Confirm(Given.Dora).Error.ShouldBe(RunErrors.QuizNotPassed, "others read all of it");
        simulation.Confirm(Reading.Ana).Error.ShouldBeNull();
        simulation.Run.TakeNewEvents().ShouldContain(happened => happened.Text == "web-1: Ana confirmed what changed since 1.0.0, which was confirmed in DEP-2026-000009/R1, as “Read it”");
        simulation.Work();
        simulation.ReadStep().LastAttempt!.WhatShowsIt().ShouldBe([new Evidence("Confirmed by Ana", "2026-11-23 10:00:00 UTC, the difference from 1.0.0, confirmed 2026-10-24 10:00:00 UTC in DEP-2026-000009/R1")]);
    }

    [Fact]
    public void Who_knows_another_version_or_another_component_reads_all_of_it()
    {
        var simulation = Asked(
            Manifest, new KnownAcknowledgement(Given.New.ComponentId, Reading.Ana, Earlier with { Label = "0.9.0" }), new KnownAcknowledgement(Domain.Inventory.ComponentId.New(), Given.Dora, Earlier));
        simulation.ReadStep().Readers!.ShouldAllBe(reader => reader.Earlier == null);
    }

    [Fact]
    public void So_does_everybody_where_nothing_is_declared()
    {
        var simulation = Asked(new Dictionary<string, string> { ["owner"] = "Olle" }, new KnownAcknowledgement(Given.New.ComponentId, Reading.Ana, Earlier));
        (simulation.ReadStep().Difference, simulation.Reader(Reading.Ana).Earlier).ShouldBe((null, null));
    }

    private static Simulation Asked(Dictionary<string, string> manifest, params KnownAcknowledgement[] acknowledged) =>
        Reading.Asked(new Acknowledge("I know what is new.", ["ana@test.example", "dora@test.example"], "1", Quiz: Quiz), manifest, acknowledged);
}
