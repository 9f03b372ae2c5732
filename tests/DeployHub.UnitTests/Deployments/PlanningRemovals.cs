using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Templates;
using DeployHub.Domain.Inventory;
using DeployHub.Features.Deployments;
using DeployHub.UnitTests.Runs;

namespace DeployHub.UnitTests.Deployments;

/// <summary>A plan that wants a component absent, as it is written, said and told apart (domain §2.4.2).</summary>
public sealed class PlanningRemovals
{
    private static readonly PlannedRemoval Decided = new("the board", new DateOnly(2026, 11, 20), "CAB-2026-114");
    private static readonly PlannedVersion Gone = PlannedVersion.Absent(ComponentId.New(), "api", ComponentKind.Software);
    private static readonly Plan Removing = Given.Plan with { Versions = [Gone], Removal = Decided, Reason = ReasonCode.Removal };

    [Fact]
    public void It_is_said_in_words()
    {
        (Gone.IsRemoval, Gone.Reference, Gone.InWords).ShouldBe((true, "api@absent", "removal of api"));
        (Removing.OnlyRemoves, Removing.InWordsAt("Production")).ShouldBe((true, "Removal of api from Production"));
        var both = Removing with { Versions = [Gone, .. Given.Plan.Versions] };
        (both.OnlyRemoves, both.InWords, both.InWordsAt("Production")).ShouldBe((false, "web 1.1.0 and removal of api", "web 1.1.0 to Production with removal of api"));
        (Decided with { DependantsAccepted = "Reports are retired next week." }).InWords.ShouldBe("Decided by the board on 2026-11-20, CAB-2026-114. What needs it may stay: Reports are retired next week.");
    }

    [Fact]
    public void Whoever_approves_it_approves_the_decision()
    {
        Removing.Digest.ShouldNotBe((Removing with { Removal = Decided with { Reference = "CAB-2026-115" } }).Digest);
        Removing.Digest.ShouldNotBe((Removing with { Removal = Decided with { DependantsAccepted = "Nobody uses them." } }).Digest);
        Removing.Digest.ShouldBe((Removing with { Removal = Decided with { } }).Digest);
    }

    [Fact]
    public void It_does_not_take_the_same_to_its_targets_as_a_plan_that_brings_it()
    {
        var bringing = Given.Plan with { Versions = [Gone with { VersionId = ComponentVersionId.New(), Label = "2.0.0" }] };

        Removing.TakesSameTo(bringing, ["web-1"]).ShouldBeFalse();
        Removing.TakesSameTo(Removing with { Versions = [PlannedVersion.Absent(ComponentId.New(), "other", ComponentKind.Software)] }, ["web-1"]).ShouldBeFalse();
        Removing.TakesSameTo(Removing, ["web-1"]).ShouldBeTrue();
    }

    [Fact]
    public void A_template_keeps_what_is_brought_and_what_is_removed_by_which_decision()
    {
        var outline = PlanOutline.Of(Removing with { Versions = [Gone, .. Given.Plan.Versions] });

        outline.Components.ShouldBe(["web"]);
        outline.Removed.ShouldBe(["api"]);
        (outline.Decision, outline.Reason).ShouldBe((Removing.Removal, Removing.Reason));
        PlanOutline.Of(Given.Plan).Removed.ShouldBeNull();
    }

    [Theory]
    [InlineData("api@absent", false, "Something is removed: say who decided it, when, and where that can be read.")]
    [InlineData("api@1.0.0", true, "The plan removes nothing: choose what is removed, or leave the decision out.")]
    public void The_decision_belongs_to_what_is_removed(string version, bool isDecided, string sentence) =>
        Objections(Input(version) with { Removal = isDecided ? RemovalInput.Of(Decided) : null }).ShouldBe([("Removal", sentence)]);

    [Fact]
    public void The_decision_says_who_when_and_where()
    {
        Objections(Input("api@absent") with { Removal = new RemovalInput() }).ShouldBe(
        [
            ("Removal.DecidedBy", "Say who decided that it is retired: a person or a board."),
            ("Removal.DecidedOn", "Say on which day its retirement was decided."),
            ("Removal.Reference", "Say where the decision can be read, such as CAB-2026-114."),
        ]);
        Objections(Input("api@absent") with { Removal = RemovalInput.Of(Decided) }).ShouldBeEmpty();
    }

    [Fact]
    public void It_is_filled_in_again_as_it_was()
    {
        RemovalInput.Of(Decided).ShouldBe(new RemovalInput { DecidedBy = "the board", DecidedOn = new DateOnly(2026, 11, 20), Reference = "CAB-2026-114" });
        RemovalInput.Of(null).ShouldBeNull();
        (RemovalInput.IsReference("api@absent"), RemovalInput.IsReference("absent@1.0.0"), RemovalInput.IsReference(null)).ShouldBe((true, false, false));
    }

    private static PlanInput Input(string version) => new() { Environment = "production", Model = "rolling", Versions = [version] };

    private static IEnumerable<(string, string)> Objections(PlanInput input) => new PlanInputValidator().Validate(input).Errors.Select(error => (error.PropertyName, error.ErrorMessage));
}
