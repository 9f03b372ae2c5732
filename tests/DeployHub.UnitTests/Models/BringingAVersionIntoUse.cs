using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Features.Models.Notation;
using static DeployHub.Domain.Models.ModelVersionStatus;

namespace DeployHub.UnitTests.Models;

/// <summary>From the draft to the publication, with every guard of domain §2.1.4.</summary>
public sealed class BringingAVersionIntoUse
{
    private static readonly Actor Dana = new("dana", "Dana"), Milo = new("milo", "Milo"), Robot = new("robot", "Robot", ActorKind.Machine);
    private static readonly DateTimeOffset At = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);
    private static readonly ModelIntent Intent = new("Less waiting");

    private readonly Model _model = Model.Plan("small", "Small", "For tests.", Dana, At);

    [Fact]
    public void A_draft_keeps_what_was_written_errors_and_all()
    {
        var version = Drafted();
        version.Write("model: [", null, Milo, At.AddHours(1)).Error.ShouldBeNull();

        (version.Status, version.Yaml, version.Said, version.Digest).ShouldBe((Draft, "model: [", null, Digest.OfText("model: [")));
        version.Editors.ShouldBe([Dana, Milo]);
        Should.Throw<InvalidOperationException>(() => version.Content);
        version.StartTesting(Dana, At).Error!.Code.ShouldBe("model.has-errors");
    }

    [Fact]
    public void A_model_has_one_open_version_at_a_time()
    {
        var first = Drafted();
        _model.Draft(first, 1, Intent, Written.Model, Written.Content(), Milo, At).Error!.Code.ShouldBe("model.draft-open");

        first.Discard("Not needed.", Dana, At).Error.ShouldBeNull();
        var second = _model.Draft(null, 1, Intent, Written.Model, Written.Content(), Milo, At).Value;
        (second.Number, second.Basis, second.Status).ShouldBe((2, 1, Draft));
    }

    [Fact]
    public void A_model_for_everything_needs_a_reason()
    {
        var everything = Written.Content() with { AppliesTo = new Applicability() };
        var version = _model.Draft(null, null, Intent, "…", everything, Dana, At).Value;
        version.StartTesting(Dana, At).Error!.Code.ShouldBe("model.too-wide");

        version.Intend(Intent with { WideReason = "A fallback for whatever has no model." }, Milo, At).Error.ShouldBeNull();
        version.StartTesting(Dana, At).Error.ShouldBeNull();
        version.Editors.ShouldBe([Dana], "a reason is no text");
    }

    [Fact]
    public void A_version_in_test_does_not_change()
    {
        var version = InTestNow();
        version.Intend(Intent, Dana, At).Error!.Code.ShouldBe("model.frozen");
        version.Write("…", null, Dana, At).Error!.Code.ShouldBe("model.frozen");
        version.Yaml.ShouldBe(Written.Model);
    }

    [Fact]
    public void Every_required_case_is_shown_and_not_only_by_the_author()
    {
        var version = InTestNow();
        version.PassTesting(Milo, At).Error!.Message.ShouldContain("Pass was not rehearsed.");

        Show(version, RehearsalCase.Pass, Dana);
        version.Record(new Rehearsal(RehearsalCase.ForcedFailure, false, "Nothing halted it.", version.Digest, Dana, At)).Error.ShouldBeNull();
        Show(version, RehearsalCase.Rollback, Dana);
        version.PassTesting(Milo, At).Error!.Message.ShouldBe("Forced failure did not pass: Nothing halted it.");

        Show(version, RehearsalCase.ForcedFailure, Dana);
        version.PassTesting(Milo, At).Error!.Message.ShouldContain("SOD-5");

        Show(version, RehearsalCase.Rollback, Milo);
        version.PassTesting(Milo, At.AddDays(61)).Error!.Message.ShouldContain("more than 60 days ago");
        version.PassTesting(Milo, At).Error.ShouldBeNull();
        version.Status.ShouldBe(Tested);
    }

    [Fact]
    public void What_leads_nowhere_back_is_not_rehearsed_and_hands_are()
    {
        var content = Written.Content();
        Rehearsal.RequiredOf(content with { Rollback = new RollbackDefinition(RollbackMethod.Irreversible) }).ShouldBe([RehearsalCase.Pass, RehearsalCase.ForcedFailure]);

        var byHand = new StepDefinition("Turn the key", new ManualWork("Turn it."));
        Rehearsal.RequiredOf(content with { Execute = content.Execute with { Steps = [byHand] } }).ShouldBe(Enum.GetValues<RehearsalCase>());
    }

    [Fact]
    public void Another_text_than_the_one_in_test_proves_nothing()
    {
        var version = InTestNow();
        version.Record(new Rehearsal(RehearsalCase.Pass, true, "", Digest.OfText("another"), Dana, At)).Error!.Code.ShouldBe("rehearsal.other-text");
    }

    [Fact]
    public void Reopening_voids_what_was_shown_and_agreed()
    {
        var version = TestedNow();
        version.Approve(version.Digest, asManager: true, Milo, At).Error.ShouldBeNull();
        version.Reopen("A word is missing.", ["DEP-1"], Dana, At).Error!.Code.ShouldBe("model.in-rehearsal");
        version.Reopen("A word is missing.", [], Dana, At).Error.ShouldBeNull();

        (version.Status, version.Rehearsals.Count, version.Approval).ShouldBe((Draft, 0, null));
    }

    [Fact]
    public void A_second_person_approves_the_text_that_they_read()
    {
        var version = TestedNow();
        version.Approve(version.Digest, asManager: true, Dana, At).Error!.Code.ShouldBe("SOD-5");
        version.Approve(version.Digest, asManager: true, Robot, At).Error!.Code.ShouldBe("SOD-5");
        version.Approve(Digest.OfText("earlier"), asManager: true, Milo, At).Error!.Code.ShouldBe("model.digest-changed");
        Publish(version, []).Error!.Code.ShouldBe("model.not-approved");

        version.Approve(version.Digest, asManager: false, Milo, At).Error.ShouldBeNull();
        Publish(version, []).Error.ShouldBeNull();
        (version.Status, version.PublishedBy, version.Publication!.ApprovedBy, version.ReleaseNote).ShouldBe((Published, Dana, Milo, "Soaks longer."));
    }

    [Fact]
    public void It_waits_for_a_second_person_until_one_agreed_and_says_beforehand_who_that_may_not_be()
    {
        var version = TestedNow();

        version.AwaitsApproval.ShouldBeTrue();
        version.RefusalToApprove(asManager: true, Dana)!.Code.ShouldBe("SOD-5");
        version.RefusalToApprove(asManager: true, Robot)!.Code.ShouldBe("SOD-5");
        version.RefusalToApprove(asManager: false, Milo).ShouldBeNull();

        version.Approve(version.Digest, asManager: false, Milo, At).Error.ShouldBeNull();
        version.AwaitsApproval.ShouldBeFalse();
    }

    [Fact]
    public void What_was_only_walked_through_needs_a_second_manager()
    {
        var version = InTestNow();
        version.Record(new Rehearsal(RehearsalCase.Pass, true, "Line by line.", version.Digest, Milo, At) { AtTheTableWith = "Ana" }).Error.ShouldBeNull();
        Show(version, RehearsalCase.ForcedFailure, Dana);
        Show(version, RehearsalCase.Rollback, Dana);
        version.PassTesting(Dana, At).Error.ShouldBeNull();

        version.Approve(version.Digest, asManager: false, Milo, At).Error!.Code.ShouldBe("model.tabletop-needs-manager");
        version.Approve(version.Digest, asManager: true, Milo, At).Error!.Code.ShouldBe("model.tabletop-needs-manager", "he walked it through himself");
        version.Approve(version.Digest, asManager: true, new Actor("mona", "Mona"), At).Error.ShouldBeNull();
    }

    [Fact]
    public void Versions_never_go_backwards()
    {
        var version = TestedNow();
        version.Approve(version.Digest, asManager: true, Milo, At).Error.ShouldBeNull();
        _model.Import(Written.Content(), Written.Model, "", Dana, At).Number.ShouldBe(2);
        Publish(version, []).Error!.Code.ShouldBe("model.outdated");
    }

    [Fact]
    public void Whoever_wrote_it_does_not_say_that_its_instructions_suffice()
    {
        var version = InTestNow();
        version.Record(new Rehearsal(RehearsalCase.ByInstructions, true, "", version.Digest, Dana, At) { AtTheTableWith = "Ana" }).Error!.Code.ShouldBe("rehearsal.by-author");
        version.Record(new Rehearsal(RehearsalCase.ByInstructions, true, "", version.Digest, Milo, At) { AtTheTableWith = "Ana" }).Error.ShouldBeNull();
    }

    [Fact]
    public void Every_open_plan_is_decided_about()
    {
        var version = TestedNow();
        version.Approve(version.Digest, asManager: true, Milo, At).Error.ShouldBeNull();

        Publish(version, ["DEP-1", "DEP-2"], new PlanMigration("DEP-1", MigrationDecision.Keep)).Error!.Message.ShouldContain("DEP-2");
        Publish(version, ["DEP-1"], new PlanMigration("DEP-1", MigrationDecision.Keep), new PlanMigration("DEP-9", MigrationDecision.Keep)).Error!.Code.ShouldBe("model.no-open-plan");
        Publish(version, ["DEP-1"], new PlanMigration("DEP-1", MigrationDecision.MustUpgrade)).Error.ShouldBeNull();
    }

    [Fact]
    public void Publishing_deprecates_what_it_replaces_and_retiring_waits_for_the_last_plan()
    {
        var first = _model.Import(Written.Content(), Written.Model, "", Dana, At);
        var second = TestedNow(first.Number);
        second.Approve(second.Digest, asManager: true, Milo, At).Error.ShouldBeNull();
        _model.Publish(second, first, "CHG-1", "Soaks longer.", [], [], Dana, At.AddDays(1)).Error.ShouldBeNull();

        (first.Status, first.DeprecatedAt).ShouldBe((Deprecated, At.AddDays(1)));
        first.Retire("Nobody uses it.", ["DEP-1"], Dana, At).Error!.Message.ShouldContain("DEP-1");
        first.Retire("Nobody uses it.", [], Dana, At).Error.ShouldBeNull();
        first.Status.ShouldBe(Retired);
    }

    [Fact]
    public void A_model_is_looked_at_again_within_a_year()
    {
        _model.Entrust(Milo, new DateOnly(2027, 3, 2), At).Error!.Message.ShouldContain("2027-03-01");
        _model.Entrust(Milo, new DateOnly(2027, 3, 1), At).Error.ShouldBeNull();
        (_model.Owner, _model.ReviewBy).ShouldBe((Milo, new DateOnly(2027, 3, 1)));
    }

    [Theory]
    [InlineData("model: small\nname: Small\npurpose: For tests.\n# kept\nstages: {}\n", "model: other\nname: Other\npurpose: \"For: others\"\n# kept\nstages: {}\n")]
    [InlineData("# first\npurpose: >\n  Long\n\n  text\nname: 'Small'\nmodel: small # slug\nrest: 1\n", "# first\npurpose: \"For: others\"\nname: Other\nmodel: other\nrest: 1\n")]
    public void A_starter_keeps_everything_but_its_name(string starter, string copy) => DocumentHead.Of(starter, "other", "Other", "For: others").ShouldBe(copy);

    [Fact]
    public void An_empty_document_only_lacks_what_it_does()
    {
        var reading = ModelDocument.Read(DocumentHead.Empty("new-one", "New: one", "Says “why”."), "new-one");
        reading.Errors.Select(error => error.Rule).Distinct().ShouldBe(["A-V1"]);
        ModelDocument.Read(DocumentHead.Empty("new-one", "New", "Why."), "other").Errors.ShouldContain(error => error.Rule == "model.slug-differs" && error.Line == 2);
    }

    private ModelVersion Drafted(int? basis = null) => _model.Draft(null, basis, Intent, Written.Model, Written.Content(), Dana, At).Value;

    private ModelVersion InTestNow(int? basis = null)
    {
        var version = Drafted(basis);
        version.StartTesting(Dana, At).Error.ShouldBeNull();
        return version;
    }

    private ModelVersion TestedNow(int? basis = null)
    {
        var version = InTestNow(basis);
        foreach (var required in Rehearsal.RequiredOf(version.Content)) Show(version, required, Milo);
        version.PassTesting(Dana, At).Error.ShouldBeNull();
        return version;
    }

    private static void Show(ModelVersion version, RehearsalCase rehearsed, Actor by) => version.Record(new Rehearsal(rehearsed, true, "Seen.", version.Digest, by, At)).Error.ShouldBeNull();

    private Result Publish(ModelVersion version, IReadOnlyList<string> openPlans, params PlanMigration[] decisions) => _model.Publish(version, null, "CHG-311", "Soaks longer.", decisions, openPlans, Dana, At);
}
