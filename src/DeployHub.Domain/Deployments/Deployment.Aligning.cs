using DeployHub.Domain.Access;
using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Domain.Partners;

namespace DeployHub.Domain.Deployments;

/// <summary>How a deployment is aligned with those whom it concerns (domain §2.3.3).</summary>
public sealed partial class Deployment
{
    /// <summary>Every request that was ever opened, superseded ones included.</summary>
    public IReadOnlyList<AlignmentRequest> Alignments { get; private set; } = [];

    /// <summary>When the next deadline passes; null while nobody is waited for.</summary>
    public DateTimeOffset? AlignmentDueAt { get; private set; }

    /// <summary>What organisations are told in plain words; null says what the plan says.</summary>
    public PartnerNote? PartnerNote { get; private set; }

    /// <summary>Every organisation of the plan was asked about exactly this plan, and nobody's answer stands in the way (domain §2.4.1, row 3).</summary>
    public bool IsAlignmentSettled => Plan.Parties.All(party => CurrentOf(party.Id) is { IsSettled: true } request && request.PlanDigest == PlanDigest && request.IsAbout(Slot));

    /// <summary>When a run may start at the earliest: a little before its slot, but never before a time of day that an organisation asked for. Null for on demand.</summary>
    public DateTimeOffset? EarliestStart => Slot is { } slot
        ? Alignments.Where(request => request.IsCurrent).SelectMany(request => request.Conditions).Select(condition => condition.Bounds?.EarliestIn(slot))
            .Append(slot.Start - StartGates.SlotTolerance).Max()
        : null;

    private bool IsAskingNow => Status is DeploymentStatus.InReview or DeploymentStatus.Scheduled;

    /// <summary>
    /// Asks whom the plan names, and asks anew whoever was asked about another plan, another time or a lower risk. What was answered before stays,
    /// and what a standing agreement covers is answered at once.
    /// </summary>
    /// <param name="parties">The organisations of the plan.</param>
    public Result Align(IReadOnlyList<AskedParty> parties, Actor by, DateTimeOffset at)
    {
        if (!IsAskingNow) return Result.Success;

        foreach (var request in Alignments.Where(request => request.IsCurrent && !StillHolds(request, parties)).ToList()) Supersede(request);
        foreach (var party in parties.Where(party => CurrentOf(party.Id) is null)) Ask(party, null, by, at);
        CheckConditions(at);
        return Settle(at);
    }

    /// <summary>
    /// What an organisation says. The same answer sent twice is one; another one is refused with <c>alignment.answered</c>. Refused with
    /// <c>alignment.superseded</c> when the plan changed since, and with <c>alignment.not-asked-now</c> once a run has started.
    /// </summary>
    /// <param name="name">Who answers, as they call themselves.</param>
    /// <param name="linkMadeBy">Who made the link that it is given by; null where there is none.</param>
    public Result Answer(int number, GivenAnswer given, string name, AnswerWay way, Actor by, DateTimeOffset at, Actor? linkMadeBy = null)
    {
        if (given.DropsConditions) return AlignmentErrors.ConditionsNeedTheirReply;
        if (Alignments.FirstOrDefault(known => known.Number == number) is not { } request) return AlignmentErrors.NoSuchRequest(Number, number);
        if (!request.IsCurrent) return AlignmentErrors.Superseded;
        if (request.Answer is not null) return given.IsSameAs(request) ? Result.Success : AlignmentErrors.Answered(request);
        if (!IsAskingNow) return AlignmentErrors.NotAskedNow;
        if (way is AnswerWay.Account && Planners.Any(by.Is)) return AlignmentErrors.PlannerMayNotAnswer(by);
        if (given.Reply is AlignmentReply.Object && string.IsNullOrWhiteSpace(given.Words)) return AlignmentErrors.ReasonMissing;

        var conditions = given.ToConditions();
        if (given.Reply is AlignmentReply.AgreeWithConditions && conditions.Count == 0) return AlignmentErrors.ConditionMissing;

        var answered = request with { Answer = new AlignmentAnswer(given.Reply, given.Words, name, way, by, at) { LinkMadeBy = linkMadeBy }, Conditions = conditions };
        if (Replace(answered, AlignmentMoves.On(given.Reply)) is { } refusal) return refusal;

        Append(given.Reply is AlignmentReply.Object ? "ObjectToAlignment" : "AnswerAlignment", $"{answered.AnswerInWords()}{WhoseLink(answered)}", by, at);
        CheckConditions(at);
        return Settle(at);
    }

    /// <summary>A person says that a condition in words is met; one about times is checked against the slot.</summary>
    public Result MeetCondition(int number, int condition, string note, Actor by, DateTimeOffset at)
    {
        if (Alignments.FirstOrDefault(known => known.Number == number) is not { } request) return AlignmentErrors.NoSuchRequest(Number, number);
        if (!request.IsCurrent) return AlignmentErrors.Superseded;
        if (request.Conditions.FirstOrDefault(known => known.Number == condition) is not { } asked) return AlignmentErrors.NoSuchCondition(condition);
        if (!IsAskingNow) return AlignmentErrors.NotAskedNow;
        if (asked.Bounds is not null) return AlignmentErrors.ConditionIsChecked;
        if (asked.Met is { } met) return AlignmentErrors.ConditionMet(met);

        Replace(request with { Conditions = [.. request.Conditions.Select(known => known == asked ? asked with { Met = new MetCondition(note, by, at) } : known)] });
        Append("MeetCondition", $"{by.Name} recorded that the condition of {request.Name} is met, “{asked.Text}”: {note}", by, at);
        return Result.Success;
    }

    /// <summary>
    /// One of two who go on against an objection: a deployment manager and the service owner, two people, neither of them a planner
    /// (domain §2.2.3, SOD-4). The second one's decision overrides it.
    /// </summary>
    public Result OverrideObjection(int number, bool isManager, bool isServiceOwner, string reason, Actor by, DateTimeOffset at)
    {
        if (Alignments.FirstOrDefault(known => known.Number == number) is not { } request) return AlignmentErrors.NoSuchRequest(Number, number);
        if (request.Status is not AlignmentStatus.Objected) return AlignmentErrors.NotObjected;
        if (!IsAskingNow) return AlignmentErrors.NotAskedNow;
        if (by.Kind is not ActorKind.Person) return AlignmentErrors.MachinesNeverOverride;
        if (!isManager && !isServiceOwner) return AlignmentErrors.NobodyToOverride;
        if (Planners.Any(by.Is)) return AlignmentErrors.PlannerMayNotOverride(by);

        var vote = new OverrideVote(isManager, isServiceOwner, reason, by, at);
        if (request.Override is [var first])
        {
            if (!vote.Completes(first)) return AlignmentErrors.OverrideNeedsOther(first);
            if (Replace(request with { Override = [first, vote] }, AlignmentTrigger.Override) is { } refusal) return refusal;

            Append("OverrideObjection", $"{first.By.Name} and {by.Name} go on against the objection of {request.Name}: {reason}", by, at);
            return Settle(at);
        }

        Replace(request with { Override = [vote] });
        var other = (isManager, isServiceOwner) switch { (true, true) => "a second person", (true, _) => "the service owner", _ => "a deployment manager" };
        Append("OverrideObjection", $"{by.Name} would go on against the objection of {request.Name}: {reason} It takes {other} as well.", by, at);
        return Result.Success;
    }

    /// <summary>Asks an organisation once more, after a talk or a silence; what it answered before stays in the record.</summary>
    public Result AskAgain(int number, AskedParty party, string reason, Actor by, DateTimeOffset at)
    {
        if (Alignments.FirstOrDefault(known => known.Number == number && known.OrganisationId == party.Id) is not { } request) return AlignmentErrors.NoSuchRequest(Number, number);
        if (!request.IsCurrent) return AlignmentErrors.Superseded;
        if (!IsAskingNow) return AlignmentErrors.NotAskedNow;
        if (request.Status is AlignmentStatus.Pending) return AlignmentErrors.NothingToAskAgain(request);

        Supersede(request);
        Ask(party with { InAdvance = null }, reason, by, at);
        return Result.Success;
    }

    /// <summary>Says in plain words what changes for others. Refused with <c>alignment.note-answered</c> once somebody answered to what stood there.</summary>
    public Result DescribeForPartners(PartnerNote note, Actor by, DateTimeOffset at)
    {
        if (Status is not DeploymentStatus.Draft && !IsAskingNow) return AlignmentErrors.NotAskedNow;
        if (note == PartnerNote) return Result.Success;
        if (Alignments.Any(request => request is { IsCurrent: true, Answer.Way: not AnswerWay.StandingAgreement } && request.PlanDigest == PlanDigest)) return AlignmentErrors.NoteAnswered;

        PartnerNote = note;
        Append("Edit", $"{by.Name} wrote what changes for partners.", by, at);
        return Result.Success;
    }

    /// <summary>Those who did not answer in time; the policy with which they were asked says whether that stands in the way.</summary>
    /// <param name="unreached">Organisations that were written to, and no letter arrived: whoever was not asked is not silent, so that stands in the way in any case.</param>
    public Result MissAlignmentDeadlines(DateTimeOffset at, IReadOnlyCollection<OrganisationId>? unreached = null)
    {
        if (!IsAskingNow) return Result.Success;

        foreach (var request in Alignments.Where(request => request.Status is AlignmentStatus.Pending && request.Deadline <= at).ToList())
        {
            var isUnreached = unreached?.Contains(request.OrganisationId) is true;
            Replace(request with { SilenceBlocks = request.SilenceBlocks || isUnreached }, AlignmentTrigger.MissDeadline);
            var then = isUnreached ? "and no mail about it reached them: nothing starts before they do. Call them."
                : request.SilenceBlocks ? "so nothing starts before they do." : "so it may go on, though this is no agreement.";
            Append("MissAlignmentDeadline", $"{request.Name} did not answer in time, {then}", Actor.System, at);
        }

        return Settle(at);
    }

    /// <summary>What comes back from being a draft is asked anew where nobody answered: they were told that they need not, and their time went by.</summary>
    private void ForgetUnanswered()
    {
        foreach (var request in Alignments.Where(request => request is { IsCurrent: true, Answer: null }).ToList()) Supersede(request);
    }

    /// <summary>A narrowing edit keeps what was answered, as it keeps approvals (domain §2.4.2).</summary>
    /// <param name="planner">Whoever edited it; null where nobody planned anything, as when it joins a campaign.</param>
    private void CarryAlignments(Digest before, Actor? planner)
    {
        foreach (var request in Alignments.Where(request => request.IsCurrent && request.PlanDigest == before && !request.Override.Any(vote => planner is not null && vote.By.Is(planner))).ToList())
            Replace(request with { PlanDigest = PlanDigest }); // whoever went on against an objection plans it now, and so asks anew (SOD-4)
    }

    /// <summary>A sentence where whoever planned it made the link of the answer, and so could have answered it; empty otherwise.</summary>
    public string WhoseLink(AlignmentRequest request) =>
        request.Answer?.LinkMadeBy is { } maker && Planners.Any(maker.Is) ? $" {maker.Name}, who planned this, made the link of that answer." : "";

    /// <summary>Silence counts only where nothing was said against it before, and where there was time to speak.</summary>
    private void Ask(AskedParty party, string? because, Actor by, DateTimeOffset at)
    {
        var zone = WallTime.Zone(party.TimeZone);
        var earlier = Alignments.LastOrDefault(request => request.OrganisationId == party.Id);
        var isReserved = HasReservations(party.Id);
        var request = new AlignmentRequest
        {
            Number = Alignments.Count + 1,
            OrganisationId = party.Id,
            Organisation = party.Key,
            Name = party.Name,
            TimeZone = party.TimeZone,
            PlanDigest = PlanDigest,
            Versions = [.. Plan.Versions.Select(version => version.InWords)],
            Slot = Slot,
            AskedAt = at,
            AskedBy = by,
            Deadline = Notice.Deadline(at, party.NoticeDays, Slot, zone, party.WorkingDays),
            NoticeDays = party.NoticeDays,
            IsShortNotice = Notice.IsShort(at, party.NoticeDays, Slot, zone, party.WorkingDays),
            SilenceBlocks = party.SilenceBlocks || isReserved || Notice.IsShort(at, Math.Max(1, party.NoticeDays), Slot, zone, party.WorkingDays),
            Replaces = earlier?.Number,
            AskedAgainBecause = because ?? WhyAnew(earlier),
        };
        Alignments = [.. Alignments, request];
        Append("RequestAlignment", $"{party.Name} is asked to agree until {request.Deadline:yyyy-MM-dd HH:mm} UTC{(request.IsShortNotice ? ", at short notice" : "")}.", by, at);
        if (!isReserved && party.InAdvance is { } agreement) AnswerInAdvance(request, agreement, at);
        RefreshDue();
    }

    private void AnswerInAdvance(AlignmentRequest request, StandingAgreement agreement, DateTimeOffset at)
    {
        var words = $"Agreed in advance until {agreement.Until:yyyy-MM-dd} ({agreement.Document}), recorded by {agreement.RecordedBy.Name}.";
        var answer = new AlignmentAnswer(AlignmentReply.Agree, words, request.Name, AnswerWay.StandingAgreement, Actor.System, at);
        Replace(request with { Answer = answer }, AlignmentTrigger.Agree);
        Append("AnswerAlignment", $"A standing agreement answered for {request.Name}: {words}", Actor.System, at);
    }

    private void CheckConditions(DateTimeOffset at)
    {
        foreach (var request in Alignments.Where(request => request.IsCurrent && request.Conditions.Any(condition => condition.Bounds is not null)).ToList())
        {
            AlignmentCondition[] now = [.. request.Conditions.Select(condition => condition.CheckedAgainst(Slot, at))];
            foreach (var (before, after) in request.Conditions.Zip(now).Where(pair => pair.First.IsMet != pair.Second.IsMet))
                Append(
                    after.IsMet ? "MeetCondition" : "LoseCondition",
                    $"The condition of {request.Name}, “{before.Text}”, {(after.IsMet ? "is met by the slot" : "is not met by the slot any more")}.", Actor.System, at);
            Replace(request with { Conditions = now });
        }
    }

    /// <summary>A standing agreement answers only for what it covers now, and silence only where it still counts.</summary>
    private bool StillHolds(AlignmentRequest request, IReadOnlyList<AskedParty> parties) =>
        parties.FirstOrDefault(party => party.Id == request.OrganisationId) is { } party && request.PlanDigest == PlanDigest && request.IsAbout(Slot)
        && request.Answer switch
        {
            null => request.SilenceBlocks || !party.SilenceBlocks,
            { Way: AnswerWay.StandingAgreement } => party.InAdvance is not null,
            _ => true,
        };

    /// <summary>Their last answer was no plain yes.</summary>
    private bool HasReservations(OrganisationId organisation) =>
        Alignments.LastOrDefault(request => request.OrganisationId == organisation && request.IsAnswered) is { IsReserved: true };

    private string? WhyAnew(AlignmentRequest? earlier) => earlier switch
    {
        null => null,
        _ when earlier.PlanDigest != PlanDigest || !earlier.IsAbout(Slot) => "The plan changed after it was asked about.",
        { Answer: null } => "It was taken back and comes again, or its risk is not what it was when it was asked about.",
        _ => "Its risk, or what was agreed in general, is not what it was when it was asked about.",
    };

    private AlignmentRequest? CurrentOf(OrganisationId organisation) => Alignments.LastOrDefault(request => request.OrganisationId == organisation && request.IsCurrent);

    private void Supersede(AlignmentRequest request) => Replace(request, AlignmentTrigger.Supersede);

    private Error? Replace(AlignmentRequest request, AlignmentTrigger on)
    {
        var next = AlignmentMoves.Table.Next(request.Status, on);
        if (next.Error is { } refusal) return refusal;

        Replace(request with { Status = next.Value });
        return null;
    }

    private void Replace(AlignmentRequest request)
    {
        Alignments = [.. Alignments.Select(known => known.Number == request.Number ? request : known)];
        RefreshDue();
    }

    private void RefreshDue() =>
        AlignmentDueAt = Alignments.Where(request => request.Status is AlignmentStatus.Pending).Select(request => (DateTimeOffset?)request.Deadline).Min();

    private Result Settle(DateTimeOffset at) => Status is DeploymentStatus.InReview ? AuthoriseWhenComplete(at) : Result.Success;
}
