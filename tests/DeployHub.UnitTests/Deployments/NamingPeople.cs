using DeployHub.Domain;
using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Staffing;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.UnitTests.Runs;

namespace DeployHub.UnitTests.Deployments;

/// <summary>A plan says who is in the role slots of its model, and only people who may be (domain §2.4.2, gate “operator qualified”).</summary>
public sealed class NamingPeople
{
    private const string Technician = "technician", Reader = "reader";
    private static readonly DateTimeOffset Now = Given.Now;
    private static readonly Actor Mia = new("mia", "Mia"), Dora = new("dora", "Dora");
    private static readonly Colleague Paul = Of("paul", "Paul", Qualified("paul")), Rita = Of("rita", "Rita"), Sven = Of("sven", "Sven", Qualified("sven", until: 1));
    private static readonly Colleague Ana = new(new Actor("ana", "Ana"), "ana@test.example", [Role.Approver], []);
    private static readonly Colleague[] All = [Paul, Rita, Sven, Ana];

    private static readonly Plan Plan = Given.Plan with
    {
        Roles = [new RoleSlot(Technician, Role.DeploymentPractitioner, "rack-hardware"), new RoleSlot(Reader, Role.DeploymentPractitioner, DiffersFrom: [Technician], Optional: true)],
    };

    [Fact]
    public void Whoever_is_named_holds_the_role_and_the_qualification()
    {
        var deployment = Planned();

        Assign(deployment, (Technician, Paul), (Reader, Rita)).Error.ShouldBeNull();
        deployment.PeopleOf(Technician).ShouldBe([Paul.Person]);
        deployment.TakeNewEvents()[^1].ShouldSatisfyAllConditions(happened => happened.Kind.ShouldBe("AssignPeople"), happened => happened.Text.ShouldBe("Mia named Paul for technician and Rita for reader."));
    }

    [Fact]
    public void Whoever_does_not_is_refused_with_the_field_and_with_who_could()
    {
        var refusal = Assign(Planned(), (Technician, Rita)).Error!;

        (refusal.Code, refusal.Message, refusal.WhoCould).ShouldBe(("people.not-qualified", "Rita does not hold “rack-hardware” in production on 2026-11-23. Paul and Sven could.", "Paul and Sven"));
        refusal.Fields.Keys.ShouldBe([$"People.{Technician}"]);
        Assign(Planned(), (Technician, Ana)).Error!.Message.ShouldStartWith("Ana is not a deployment practitioner for this service in production.");
        Assign(Planned(), (Reader, Rita with { HasLeft = true })).Error!.Message.ShouldStartWith("Rita has left, and the account is closed.");
    }

    [Fact]
    public void The_qualification_has_to_count_when_the_slot_starts()
    {
        var later = Planned(slot: new Slot(Now.AddDays(3), Now.AddDays(3).AddHours(1)));

        Assign(Planned(), (Technician, Sven)).Error.ShouldBeNull();
        Assign(later, (Technician, Sven)).Error!.Message.ShouldBe("Sven held “rack-hardware” until 2026-11-24, and it is needed on 2026-11-26. Paul could.");
    }

    [Fact]
    public void Nobody_is_in_two_slots_that_have_to_differ_nor_are_more_than_it_takes_in_one()
    {
        Assign(Planned(), (Technician, Paul), (Reader, Paul)).Error!.Code.ShouldBe("people.in-both");
        Assign(Planned(), (Technician, Paul), (Technician, Sven)).Error!.Message.ShouldBe("“technician” takes one person.");
        Assign(Planned(), ("clerk", Paul)).Error!.Message.ShouldBe("The model rolling has no role slot “clerk”. People can be named for technician, reader and operator.");
    }

    [Fact]
    public void Every_plan_may_name_an_operator_who_may_start_runs()
    {
        var plain = Planned(Given.Plan);

        Assign(plain, (RoleSlot.Operator, Rita)).Error.ShouldBeNull();
        Assign(plain, (RoleSlot.Operator, Ana)).Error!.Message.ShouldStartWith("Ana holds no role that may start runs");
        Gate(plain, All).Sentence.ShouldBe("Rita operates it.");
    }

    [Fact]
    public void A_slot_that_has_to_be_filled_is_missed_and_a_rehearsal_goes_without()
    {
        Planned().EmptySlots.Select(slot => slot.Name).ShouldBe([Technician]);
        StaffingErrors.Empty(Planned().EmptySlots).Message.ShouldBe("Nobody is named for technician (a deployment practitioner who holds “rack-hardware”): the plan has to say who.");
        Planned(Plan with { Rehearsal = new PlannedRehearsal(RehearsalCase.Pass) }).EmptySlots.ShouldBeEmpty();

        var filled = Planned();
        Assign(filled, (Technician, Paul)).Error.ShouldBeNull();
        filled.EmptySlots.ShouldBeEmpty();
    }

    [Fact]
    public void Other_people_void_no_approval_and_other_slots_do()
    {
        var deployment = Approved();
        Assign(deployment, (Technician, Sven)).Error.ShouldBeNull();
        deployment.Status.ShouldBe(DeploymentStatus.Scheduled);
        deployment.PlanDigest.ShouldBe(Plan.Digest);

        var wider = Plan with { Roles = [Plan.Roles![0] with { People = 2 }, Plan.Roles[1]] };
        wider.Digest.ShouldNotBe(Plan.Digest);
        (Given.Plan with { Roles = [] }).Digest.ShouldBe(Given.Plan.Digest, "Old plans keep their digests.");
        deployment.Edit("web", "", deployment.ModelVersionId, wider, null, [ApproverQuality.Peer], Mia, Now).Error.ShouldBeNull();
        deployment.Status.ShouldBe(DeploymentStatus.InReview);
    }

    [Fact]
    public void The_same_people_again_are_nothing_that_happened()
    {
        var deployment = Planned();
        Assign(deployment, (Technician, Paul)).Error.ShouldBeNull();
        var count = deployment.EventCount;

        Assign(deployment, (Technician, Paul)).Error.ShouldBeNull();
        deployment.EventCount.ShouldBe(count);
    }

    [Fact]
    public void While_a_run_is_under_way_a_reason_is_needed_and_when_it_is_over_nobody_is_named()
    {
        var deployment = Started();
        Assign(deployment, (Technician, Sven)).Error.ShouldBe(StaffingErrors.ReasonNeeded);
        Assign(deployment, "Paul is ill.", (Technician, Sven)).Error.ShouldBeNull();
        deployment.TakeNewEvents()[^1].Text.ShouldBe("Mia named Sven for technician: Paul is ill.");

        var cancelled = Planned();
        cancelled.Cancel("Not needed.", Mia, Now).Error.ShouldBeNull();
        Assign(cancelled, (Technician, Paul)).Error.ShouldBe(StaffingErrors.Over);
    }

    [Fact]
    public void Nobody_stays_in_a_slot_that_is_gone()
    {
        var deployment = Planned();
        Assign(deployment, (Technician, Paul), (RoleSlot.Operator, Rita)).Error.ShouldBeNull();
        deployment.Edit("web", "", deployment.ModelVersionId, Given.Plan, null, [], Mia, Now).Error.ShouldBeNull();

        deployment.LeaveSlotsThatAreGone();
        deployment.People.Select(assigned => assigned.Slot).ShouldBe([RoleSlot.Operator]);
    }

    [Fact]
    public void The_gate_closes_when_somebody_left_or_is_not_qualified_any_more()
    {
        var deployment = Approved();
        Gate(deployment, [Paul]).ShouldBe(new Gate(GateKind.Operator, true, "Whoever starts it operates it. Paul does what is done by hand."));
        Gate(deployment, [Paul with { HasLeft = true }]).Sentence.ShouldBe("As technician: Paul has left, and the account is closed. Name other people for this deployment.");
        Gate(deployment, [Paul with { Qualifications = [] }]).IsOpen.ShouldBeFalse();
        Gate(Planned(), []).Sentence.ShouldContain("Nobody is named for technician");
    }

    [Fact]
    public void During_a_run_only_the_operator_counts_since_others_take_over_what_is_done_by_hand()
    {
        var deployment = Started();
        Gate(deployment, [Paul with { HasLeft = true }]).IsOpen.ShouldBeTrue();

        Assign(deployment, "Nobody watches it.", (Technician, Paul), (RoleSlot.Operator, Rita)).Error.ShouldBeNull();
        Gate(deployment, [Paul, Rita with { HasLeft = true }]).ShouldSatisfyAllConditions(gate => gate.IsOpen.ShouldBeFalse(), gate => gate.Sentence.ShouldStartWith("As operator: Rita has left"));
    }

    [Fact]
    public void Whoever_starts_it_is_what_the_model_asks_of_its_operator()
    {
        var deployment = Planned(Given.Plan with { Roles = [new RoleSlot(RoleSlot.Operator, Role.DeploymentPractitioner, "rack-hardware", Optional: true)] });
        Gate(deployment, []).Sentence.ShouldBe("Whoever starts it has to be a deployment practitioner who holds “rack-hardware”.");

        Gate(deployment, [], Paul).IsOpen.ShouldBeTrue();
        Gate(deployment, [], Rita).Sentence.ShouldBe("Rita does not hold “rack-hardware” in production on 2026-11-23. The model has it started by a deployment practitioner who holds “rack-hardware”.");
    }

    [Fact]
    public void Nothing_starts_for_somebody_who_may_not_start_runs()
    {
        var deployment = Planned(Given.Plan);
        var robot = new Colleague(new Actor("ci", "CI", ActorKind.Machine), "", [Role.CiSystem], []);

        Gate(deployment, [], Rita).IsOpen.ShouldBeTrue();
        Gate(deployment, [], robot).IsOpen.ShouldBeTrue();
        Gate(deployment, [], Ana).Sentence.ShouldBe("Ana holds no role that may start runs of this service in production. Name another operator, or let somebody else start it.");
        Gate(deployment, [], Rita with { HasLeft = true }).Sentence.ShouldStartWith("Rita has left, and the account is closed.");
        Gate(deployment, [], robot with { HasLeft = true }).Sentence.ShouldStartWith("CI has no valid token any more.");
    }

    [Fact]
    public void What_a_slot_does_is_done_by_those_named_and_by_others_with_a_reason()
    {
        var deployment = Approved();

        Take(deployment, Technician, Paul).Value.ShouldBeEmpty();
        Take(deployment, Technician, Sven).Error!.ShouldSatisfyAllConditions(refusal => refusal.Code.ShouldBe("people.assigned-to-others"), refusal => refusal.Message.ShouldStartWith("Paul is named for “technician”."), refusal => refusal.Fields.Keys.ShouldBe(["TakenOver"]));
        Take(deployment, Technician, Sven, "Paul is ill.").Value.ShouldBe([Paul.Person]);
        Take(deployment, Technician, Rita, "Paul is ill.").Error!.ShouldSatisfyAllConditions(refusal => refusal.Kind.ShouldBe(ErrorKind.Forbidden), refusal => refusal.WhoCould.ShouldBe("Paul and Sven"));
        Take(deployment, Reader, Rita).Value.ShouldBeEmpty("Nobody is named, so anybody may who has the role.");
    }

    [Fact]
    public void Nobody_takes_over_what_has_to_be_done_by_somebody_else()
    {
        var deployment = Planned();
        Assign(deployment, (Technician, Paul), (Reader, Rita)).Error.ShouldBeNull();

        Take(deployment, Reader, Paul, "Rita is ill.").Error!.Code.ShouldBe("people.in-both");
        Take(deployment, Reader, Sven, "Rita is ill.").Value.ShouldBe([Rita.Person]);
    }

    [Fact]
    public void Whoever_operates_or_did_it_does_not_do_what_has_to_be_done_by_another()
    {
        var deployment = Planned(Plan with { Roles = [Plan.Roles![0], Plan.Roles[1] with { DiffersFrom = [Technician, RoleSlot.Operator] }] });
        Assign(deployment, (Technician, Paul), (Reader, Rita)).Error.ShouldBeNull();

        Gate(deployment, [Paul, Rita], Rita).Sentence.ShouldBe("Rita is named for “reader”, and nobody of that operates it: somebody else has to start it.");
        Gate(deployment, [Paul, Rita], Sven).IsOpen.ShouldBeTrue();
        Take(Rita, new Assignment(RoleSlot.Operator, Rita.Person)).Error!.Code.ShouldBe("people.in-both");
        Take(Rita, new Assignment(Technician, Rita.Person)).Error!.Code.ShouldBe("people.in-both");
        Take(Rita, new Assignment(RoleSlot.Operator, Sven.Person), new Assignment(Technician, Paul.Person)).Error.ShouldBeNull();

        Result<IReadOnlyList<Actor>> Take(Colleague who, params Assignment[] doers) => deployment.TakeStepOf(Reader, who, null, All, Now, doers);
    }

    [Fact]
    public void Whoever_takes_a_run_over_is_somebody_who_might_have_started_it()
    {
        var deployment = Planned(Plan with { Roles = [new RoleSlot(RoleSlot.Operator, Role.DeploymentPractitioner, "rack-hardware", Optional: true), Plan.Roles![1] with { DiffersFrom = [RoleSlot.Operator] }] });
        deployment.Submit([ApproverQuality.Peer], Mia, Now).Error.ShouldBeNull();
        deployment.Approve(deployment.PlanDigest, [Role.DeploymentPractitioner], [], null, Sven.Person, Now).Error.ShouldBeNull();
        deployment.StartRun([], Paul.Person, Now).Error.ShouldBeNull();

        deployment.TakeOverRun(Sven, [], Now).Error!.Code.ShouldBe("SOD-3");
        deployment.TakeOverRun(Rita, [], Now).Error!.Code.ShouldBe("people.not-qualified");
        deployment.TakeOverRun(Paul, [new Assignment(Reader, Paul.Person)], Now).Error!.Code.ShouldBe("people.in-both");
        deployment.TakeOverRun(Paul, [new Assignment(Reader, Rita.Person)], Now).Error.ShouldBeNull();
    }

    [Fact]
    public void In_a_rehearsal_the_role_is_enough() =>
        Assign(Planned(Plan with { Rehearsal = new PlannedRehearsal(RehearsalCase.ByInstructions) }), (Technician, Rita)).Error.ShouldBeNull();

    private static Deployment Planned(Plan? plan = null, Slot? slot = null) =>
        Deployment.Create("DEP-2026-000001", ServiceId.New(), EnvironmentId.New(), ModelVersionId.New(), "web", "", plan ?? Plan, slot, Mia, Now);

    private static Deployment Approved()
    {
        var deployment = Planned();
        Assign(deployment, (Technician, Paul)).Error.ShouldBeNull();
        deployment.Submit([ApproverQuality.Peer], Mia, Now).Error.ShouldBeNull();
        deployment.Approve(deployment.PlanDigest, [Role.Approver], [ApproverQuality.Peer], null, Dora, Now).Error.ShouldBeNull();
        return deployment;
    }

    private static Deployment Started()
    {
        var deployment = Approved();
        deployment.StartRun([], Paul.Person, Now).Error.ShouldBeNull();
        return deployment;
    }

    private static Result Assign(Deployment deployment, params (string Slot, Colleague Person)[] people) => Assign(deployment, null, people);

    private static Result Assign(Deployment deployment, string? reason, params (string Slot, Colleague Person)[] people) =>
        deployment.Assign([.. people.Select(named => new Assignment(named.Slot, named.Person.Person))], [.. All.Where(known => people.All(named => named.Person.Person != known.Person)), .. people.Select(named => named.Person)], reason, Mia, Now);

    private static Result<IReadOnlyList<Actor>> Take(Deployment deployment, string slot, Colleague who, string? reason = null) => deployment.TakeStepOf(slot, who, reason, All, Now);

    private static Gate Gate(Deployment deployment, Colleague[] colleagues, Colleague? starter = null) =>
        StartGates.For(deployment, new GateFacts(new ModelStanding(ModelVersionStatus.Published, null, deployment.Plan.ModelDigest), [], [], []) { Colleagues = colleagues, Starter = starter }, Now)
            .Single(gate => gate.Kind is GateKind.Operator);

    private static Colleague Of(string id, string name, params Qualification[] held) => new(new Actor(id, name), $"{id}@test.example", [Role.DeploymentPractitioner], held);

    private static Qualification Qualified(string holder, int? until = null)
    {
        var today = DateOnly.FromDateTime(Now.UtcDateTime);
        return Qualification.Give(holder, "rack-hardware", null, today, until is { } days ? today.AddDays(days) : null, "Certificate", "Course", Dora, Now).Value;
    }
}
