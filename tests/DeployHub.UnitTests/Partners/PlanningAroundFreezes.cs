using DeployHub.Domain.Deployments;
using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Domain.Deployments.Risks;
using DeployHub.Domain.Models;
using DeployHub.Domain.Partners;
using static DeployHub.UnitTests.Deployments.AlignmentGiven;

namespace DeployHub.UnitTests.Partners;

/// <summary>A freeze of whoever has to agree: no slot is offered in it, and a run in it needs an answer from after it was said (journey J10).</summary>
public sealed class PlanningAroundFreezes
{
    private static readonly Occurrence Slot = new(AtSix.Start, AtSix.End);

    [Fact]
    public void The_gate_names_the_freeze_that_the_slot_lies_in_although_they_agreed_before()
    {
        var deployment = Approved(Asked());
        Answer(deployment, Yes).Error.ShouldBeNull();

        var gate = GateOf(deployment, Frozen(said: Now.AddHours(3)));
        gate.IsOpen.ShouldBeFalse();
        gate.Sentence.ShouldContain("Bank has its own freeze “Year end” from Tue 13 Oct 2026 00:00 to Wed 14 Oct 2026 00:00 (Europe/Berlin), and the slot lies in it");
        GateOf(deployment, Frozen(said: Now.AddHours(3), day: 14)).IsOpen.ShouldBeTrue("it is on another day");
    }

    [Fact]
    public void Whoever_agrees_after_they_said_it_agrees_to_a_start_within_it()
    {
        var deployment = Approved(Asked());
        var frozen = Frozen(said: Now);
        GateOf(deployment, frozen).Sentence.ShouldContain("Waiting for Bank to agree");

        Answer(deployment, Yes).Error.ShouldBeNull();
        GateOf(deployment, frozen).IsOpen.ShouldBeTrue();
    }

    [Fact]
    public void What_they_agreed_to_at_another_time_of_that_day_says_nothing_of_a_start_within_it()
    {
        var deployment = Approved(Asked());
        var afternoon = new PartnerFreezeTime(Registered, new PartnerFreeze(1, "Batch", new DateTime(2026, 10, 13, 14, 0, 0), new DateTime(2026, 10, 13, 18, 0, 0), "Europe/Berlin", Petra, Now.AddDays(-1)));
        Answer(deployment, Yes).Error.ShouldBeNull();
        GateOf(deployment, Frozen(afternoon)).IsOpen.ShouldBeTrue();

        Move(deployment, SlotAt(15, 0));
        deployment.Alignments.ShouldHaveSingleItem().Status.ShouldBe(AlignmentStatus.Agreed, "a later start on the same day");
        GateOf(deployment, Frozen(afternoon)).Sentence.ShouldContain("and the slot lies in it: move it, or ask them");
    }

    [Fact]
    public void What_runs_on_demand_waits_while_it_lasts()
    {
        var deployment = Approved(Asked());
        Move(deployment, null);
        deployment.Answer(2, Yes, "Petra", AnswerWay.Link, Petra, Now.AddHours(1)).Error.ShouldBeNull();

        GateOf(deployment, Frozen(said: Now.AddHours(2))).IsOpen.ShouldBeTrue("it is on another day");
        GateOf(deployment, Frozen(said: Now.AddHours(2), day: 5)).Sentence.ShouldContain("and it is now: wait, or ask them");
    }

    [Fact]
    public void An_agreement_in_advance_says_nothing_of_a_freeze_and_two_who_go_on_do()
    {
        var agreed = Approved(Asked(Bank with { InAdvance = InAdvance }));
        GateOf(agreed, Frozen(said: Now.AddDays(-1))).IsOpen.ShouldBeFalse();

        var overridden = Approved(Asked());
        Answer(overridden, No);
        overridden.OverrideObjection(1, true, false, "So", Dora, Now);
        overridden.OverrideObjection(1, false, true, "So", Olga, Now);
        GateOf(overridden, Frozen(said: Now)).IsOpen.ShouldBeTrue();
    }

    [Fact]
    public void No_slot_is_offered_in_it_except_for_an_emergency()
    {
        var times = Times(Freeze(Now, 13));

        times.FreeSlots(TimeSpan.FromHours(1), Slot.Start, ChangeCategory.Normal, 1).Single().Start.ShouldBe(new DateTimeOffset(2026, 10, 13, 22, 0, 0, TimeSpan.Zero), "midnight in Berlin");
        times.FreeSlots(TimeSpan.FromHours(1), Slot.Start, ChangeCategory.Emergency, 1).Single().Start.ShouldBe(Slot.Start);
        times.PartnersDuring(Slot).ShouldHaveSingleItem();
        times.Judge(Slot, ChangeCategory.Normal, "Dora").ShouldBeEmpty("it is advice, and forbids nothing");
    }

    [Fact]
    public void It_concerns_what_its_organisation_is_concerned_by()
    {
        var bank = Organisation.Register("clearing", "Clearing house", OrganisationKind.Partner, "Europe/Berlin", 5, SilencePolicy.Blocks, Dora, Now);
        bank.AddConcern("payments", "production", isRequired: true, RiskBand.Medium).Error.ShouldBeNull();
        var time = Freeze(Now, 13) with { Organisation = bank };

        time.Concerns("payments", "production").ShouldBeTrue();
        time.Concerns(null, "production").ShouldBeTrue();
        time.Concerns("shop", "production").ShouldBeFalse();
        time.HasToAgree("payments", "production").ShouldBeTrue();
        time.HasToAgree("payments", "staging").ShouldBeFalse();
    }

    private static PartnerFreezeTime Freeze(DateTimeOffset said, int day) =>
        new(Registered, new PartnerFreeze(1, "Year end", new DateTime(2026, 10, day), new DateTime(2026, 10, day + 1), "Europe/Berlin", Petra, said));

    private static OpenTimes Times(PartnerFreezeTime freeze) =>
        OpenTimes.At(new CalendarPlace("production", "payments", false, []), new Occurrence(Now, Now.AddDays(30)), [], [], []).With([freeze]);

    /// <summary>The bank of the plan has the freeze.</summary>
    private static GateFacts Frozen(DateTimeOffset said, int day = 13) => Frozen(Freeze(said, day));

    private static GateFacts Frozen(PartnerFreezeTime freeze) =>
        new(new ModelStanding(ModelVersionStatus.Published, null, ToBank.ModelDigest), [], [], []) { Calendar = new CalendarFacts(Times(freeze), [], "Dora") };

    private static Gate GateOf(Deployment deployment, GateFacts facts) => StartGates.For(deployment, facts, Now.AddHours(4)).Single(gate => gate.Kind is GateKind.Alignment);
}
