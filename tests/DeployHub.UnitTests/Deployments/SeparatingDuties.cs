using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Approving;

namespace DeployHub.UnitTests.Deployments;

/// <summary>What an auditor asks of a record first: whether one person did two things that have to be done by two.</summary>
public sealed class SeparatingDuties
{
    private static readonly Actor Mia = new("mia", "Mia"), Ana = new("ana", "Ana"), Otto = new("otto", "Otto"), Paul = new("paul", "Paul");

    [Fact]
    public void Three_different_people_are_said_to_be_so() =>
        SeparationInWords.Of([Mia], [Given(1, Ana), Given(2, Otto)], [Paul]).ShouldBe("Planned by Mia, approved by Ana and Otto, operated by Paul. Nobody did two of these.");

    [Fact]
    public void Whoever_did_two_of_them_is_named() =>
        SeparationInWords.Of([Mia], [Given(1, Ana), Given(2, Otto)], [Mia, Ana]).ShouldBe(
            "Planned by Mia, approved by Ana and Otto, operated by Mia and Ana. Mia planned and operated it; Ana approved and operated it.");

    [Fact]
    public void Where_nobody_had_to_approve_and_nothing_was_started_it_says_that() =>
        SeparationInWords.Of([Mia], [new Approval { Number = 1, Quality = ApproverQuality.Peer, Status = ApprovalStatus.Void }], []).ShouldBe(
            "Planned by Mia, approved by nobody, as nobody had to. Nobody did two of these.");

    private static Approval Given(int number, Actor by) => new() { Number = number, Quality = ApproverQuality.Peer, Status = ApprovalStatus.Approved, DecidedBy = by };
}
