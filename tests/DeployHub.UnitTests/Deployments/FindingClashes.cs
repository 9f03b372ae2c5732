using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Clashing;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Inventory.Dependencies;
using DeployHub.Domain.Models;
using DeployHub.UnitTests.Runs;

namespace DeployHub.UnitTests.Deployments;

/// <summary>What cannot, or should not, happen at the same time (domain §2.2.3).</summary>
public sealed class FindingClashes
{
    private static readonly DateTimeOffset Eight = new(2026, 12, 3, 20, 0, 0, TimeSpan.Zero);
    private static readonly Actor Mia = new("mia", "Mia"), Paul = new("paul", "Paul");
    private static readonly Slot Evening = new(Eight, Eight.AddHours(1));

    [Fact]
    public void One_component_in_one_environment_is_one_lock_and_nobody_can_accept_that()
    {
        var clash = Find(Side("1", "shop-web"), Side("2", "shop-web", targets: ["web-9"])).ShouldHaveSingleItem();

        clash.Kind.ShouldBe(ClashKind.Lock);
        clash.MayBeAccepted.ShouldBeFalse();
        clash.Sentence.ShouldBe("2 “Two” of Mia deploys shop-web to production as well, where only one may at a time, from Thu 3 Dec 2026 20:00 to 21:00 UTC.");
        ClashDetection.Find(Side("1", "shop-web"), [Side("2", "shop-web")], [new AcceptedClash("2", "Fine.", Mia, Eight, [new AcceptedPart(ClashKind.Lock, Evening, ["shop-web"])])]).ShouldAllBe(found => found.IsOpen);
    }

    [Fact]
    public void Shared_targets_clash_and_may_be_accepted_for_one_other_deployment()
    {
        var (mine, others) = (Side("1", "shop-web", targets: ["web-1", "web-2"]), new[] { Side("2", "cms", targets: ["web-2"]), Side("3", "cms-jobs", targets: ["web-1"]) });

        var found = ClashDetection.Find(mine, others, [new AcceptedClash("2", "Both restart on their own.", Mia, Eight, [new AcceptedPart(ClashKind.Targets, Evening, ["web-2"])])]);

        found.Select(clash => (clash.With, clash.Kind, clash.IsOpen)).ShouldBe([("2", ClashKind.Targets, false), ("3", ClashKind.Targets, true)]);
        found[0].Shared.ShouldBe(["web-2"]);
    }

    [Fact]
    public void What_was_accepted_covers_that_and_less_and_nothing_that_came_since()
    {
        var accepted = new AcceptedClash("2", "Both restart on their own.", Mia, Eight, [new AcceptedPart(ClashKind.Targets, Evening, ["web-1", "web-2"])]);
        var clash = Find(Side("1", "shop-web", targets: ["web-1"]), Side("2", "cms", targets: ["web-1"])).ShouldHaveSingleItem();

        accepted.Covers(clash).ShouldBeTrue("fewer targets than were accepted");
        accepted.Covers(clash with { Shared = ["web-1", "web-3"] }).ShouldBeFalse();
        accepted.Covers(clash with { Overlap = Evening with { End = Evening.End.AddMinutes(1) } }).ShouldBeFalse();
        accepted.Covers(clash with { Kind = ClashKind.People }).ShouldBeFalse();
        (accepted with { What = null }).Covers(clash).ShouldBeFalse();
    }

    [Fact]
    public void What_one_needs_of_the_other_is_told_whichever_declares_it()
    {
        var needing = Side("1", "shop-web", targets: ["web-1"], needs: "shop-api");
        var needed = Side("2", "shop-api", targets: ["api-1"]);

        Find(needing, needed).ShouldHaveSingleItem().Kind.ShouldBe(ClashKind.Dependency);
        Find(needed, needing).ShouldHaveSingleItem().Shared.ShouldBe(["shop-web 1.0.0 needs shop-api in the same environment"], StringComparer.Ordinal);
    }

    [Fact]
    public void Nobody_can_be_at_two_places_even_of_two_environments()
    {
        var here = Side("1", "shop-web", people: ["Paul", "Dora"]);
        var there = Side("2", "shop-web", people: ["paul"], environment: "staging");

        Find(here, there).ShouldHaveSingleItem().Kind.ShouldBe(ClashKind.People);
    }

    [Fact]
    public void Slots_that_only_meet_do_not_overlap()
    {
        Find(Side("1", "shop-web"), Side("2", "shop-web") with { Slot = new Slot(Evening.End, Evening.End.AddHours(1)) }).ShouldBeEmpty();
        Find(Side("1", "shop-web"), Side("2", "shop-web") with { Slot = new Slot(Eight.AddMinutes(59), Evening.End.AddHours(1)) })[0].Overlap.ShouldBe(new Slot(Eight.AddMinutes(59), Evening.End));
    }

    [Fact]
    public void The_lock_is_told_first() =>
        Find(Side("1", "shop-web", targets: ["web-1"]), Side("2", "cms", targets: ["web-1"]) with { Slot = new Slot(Eight.AddHours(-1), Evening.End) }, Side("3", "shop-web"))
            .Select(clash => clash.With).ShouldBe(["3", "2"]);

    [Fact]
    public void An_accepted_clash_stands_in_the_story_of_both()
    {
        var (mine, other) = (Planned("DEP-2026-000001"), Planned("DEP-2026-000002"));
        var clashes = Find(Side("DEP-2026-000001", "shop-web", targets: ["web-1"]), Side("DEP-2026-000002", "cms", targets: ["web-1"]));

        mine.AcceptClash(other, clashes, "Both restart on their own.", Paul, Eight).Error.ShouldBeNull();

        mine.AcceptedClashes.ShouldHaveSingleItem().With.ShouldBe("DEP-2026-000002");
        other.TakeNewEvents()[^1].Text.ShouldBe("Paul accepted that DEP-2026-000001 happens at the same time: Both restart on their own.");
        mine.TakeNewEvents()[^1].Kind.ShouldBe("AcceptClash");
    }

    [Fact]
    public void The_same_lock_and_no_clash_at_all_are_refused()
    {
        var (mine, other) = (Planned("DEP-2026-000001"), Planned("DEP-2026-000002"));

        mine.AcceptClash(other, Find(Side("DEP-2026-000001", "shop-web"), Side("DEP-2026-000002", "shop-web")), "Why not.", Paul, Eight).Error!.Code.ShouldBe("clash.same-lock");
        mine.AcceptClash(other, [], "Why not.", Paul, Eight).Error!.Code.ShouldBe("clash.none");
        mine.AcceptClash(other, [], "Why not.", new Actor("ci", "CI", ActorKind.Machine), Eight).Error.ShouldBe(ClashErrors.PeopleAccept);
        mine.AcceptedClashes.ShouldBeEmpty();
    }

    private static IReadOnlyList<Clash> Find(ClashSide mine, params ClashSide[] others) => ClashDetection.Find(mine, others, []);

    private static ClashSide Side(string number, string component, string[]? targets = null, string? needs = null, string[]? people = null, string environment = "production") => new(
        number, number == "2" ? "Two" : "A title", Evening, environment, "Mia", [new DeclaringVersion(component, "1.0.0", needs is null ? [] : [new Dependency(needs)])], targets ?? [], people ?? []);

    private static Deployment Planned(string number) => Deployment.Create(number, ServiceId.New(), EnvironmentId.New(), ModelVersionId.New(), "web 1.1.0", "", Given.Plan, Evening, Mia, Eight);
}
