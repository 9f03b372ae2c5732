using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Domain.Deployments.Approving;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Partners;
using DeployHub.UnitTests.Runs;

namespace DeployHub.UnitTests.Deployments;

/// <summary>A plan to which a bank has to agree, asked on a Monday about the Tuesday of the week after.</summary>
internal static class AlignmentGiven
{
    public static readonly DateTimeOffset Now = new(2026, 10, 5, 8, 0, 0, TimeSpan.Zero); // a Monday
    public static readonly Slot AtSix = SlotAt(6, 0);
    public static readonly Actor Mia = new("mia", "Mia"), Dora = new("dora", "Dora"), Olga = new("olga", "Olga"), Petra = new("link", "Petra (Bank), by link"), Robot = new("ci", "CI", ActorKind.Machine);
    public static readonly Organisation Registered = Organisation.Register("bank", "Bank", OrganisationKind.Partner, "Europe/Berlin", 5, SilencePolicy.Blocks, Dora, Now);
    public static readonly OrganisationId BankId = Registered.Id;
    public static readonly AskedParty Bank = new(BankId, "bank", "Bank", "Europe/Berlin", 5, SilenceBlocks: true);
    public static readonly Plan ToBank = Given.Plan with { Parties = [new PlannedParty(BankId, "bank", true)] };
    public static readonly StandingAgreement InAdvance = new(1, [], [], [], RiskBand.Medium, Now.AddDays(90), "Contract 4711", Dora, Now);
    public static readonly GivenAnswer Yes = new(AlignmentReply.Agree, "", []), No = new(AlignmentReply.Object, "Our batch runs then.", []);

    /// <summary>On Tuesday, 13 October, in Berlin.</summary>
    public static Slot SlotAt(int hour, int minute) => new(new DateTimeOffset(2026, 10, 13, hour - 2, minute, 0, TimeSpan.Zero), new DateTimeOffset(2026, 10, 13, hour, minute, 0, TimeSpan.Zero));

    public static Deployment Draft() => Deployment.Create("DEP-2026-000170", ServiceId.New(), EnvironmentId.New(), ModelVersionId.New(), "web 1.1.0", "", ToBank, AtSix, Mia, Now);

    public static Deployment Asked(AskedParty? bank = null, DateTimeOffset? at = null)
    {
        var deployment = Draft();
        deployment.Submit(Needed(ToBank), Mia, at ?? Now).Error.ShouldBeNull();
        deployment.Align([bank ?? Bank], Mia, at ?? Now).Error.ShouldBeNull();
        return deployment;
    }

    public static Deployment Approved(Deployment deployment)
    {
        deployment.Approve(deployment.PlanDigest, [Role.Approver], [ApproverQuality.Peer], null, Dora, Now).Error.ShouldBeNull();
        return deployment;
    }

    public static Result Answer(Deployment deployment, GivenAnswer given) => deployment.Answer(1, given, "Petra", AnswerWay.Link, Petra, Now.AddHours(1));

    public static void Move(Deployment deployment, Slot? slot)
    {
        deployment.Reschedule(slot, "It suits them", Mia, Now).Error.ShouldBeNull();
        deployment.Align([Bank], Mia, Now).Error.ShouldBeNull();
    }

    public static void Edit(Deployment deployment, Plan plan, DateTimeOffset at)
    {
        deployment.Edit("web", "", deployment.ModelVersionId, plan, deployment.Slot, Needed(plan), Mia, at).Error.ShouldBeNull();
        deployment.Align([Bank], Mia, at).Error.ShouldBeNull();
    }

    public static Gate GateOf(Deployment deployment, params string[] missing) => Gates(deployment, Now, missing).Single(gate => gate.Kind is GateKind.Alignment);

    public static Gate InSlot(Deployment deployment, DateTimeOffset at) => Gates(deployment, at).Single(gate => gate.Kind is GateKind.Slot);

    public static IReadOnlyList<Gate> Gates(Deployment deployment, DateTimeOffset at, params string[] missing) =>
        StartGates.For(deployment, new GateFacts(new ModelStanding(ModelVersionStatus.Published, null, ToBank.ModelDigest), [], [], []) { MissingParties = missing }, at);

    public static IReadOnlyList<string> EventsOf(Deployment deployment) => [.. deployment.TakeNewEvents().Select(happened => happened.Kind)];

    public static IReadOnlyList<NeededApproval> Needed(Plan plan) => ApprovalPolicy.For(plan, new EnvironmentPolicy());
}
