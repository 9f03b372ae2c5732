using DeployHub.Domain.Deployments.Aligning;
using DeployHub.Domain.Deployments.Calendar;
using DeployHub.Domain.Partners;

namespace DeployHub.Domain.Deployments;

public static partial class StartGates
{
    /// <summary>
    /// Required alignment settled and its conditions met (domain §2.4.2), and nobody who has to agree has a freeze of their own then that they did not agree
    /// to nevertheless (J10). A run under way keeps what was agreed when it started.
    /// </summary>
    private static Gate Alignment(Deployment deployment, GateFacts facts, DateTimeOffset now)
    {
        var missing = facts.MissingParties;
        if (deployment.Status is DeploymentStatus.InProgress or DeploymentStatus.Halted) return new Gate(GateKind.Alignment, true, "The run keeps what was agreed when it started.");
        if (missing.Count > 0)
        {
            var who = $"{Words.List(missing)} {(missing.Count == 1 ? "has" : "have")}";
            return new Gate(GateKind.Alignment, false, $"{who} to agree by a rule that this plan was made without. Edit the plan and save it, so that they are asked.");
        }

        if (deployment.Plan.Parties.Count == 0) return new Gate(GateKind.Alignment, true, "No other organisation has to agree.");

        var current = deployment.Plan.Parties.Select(party => (party.Key, Request: deployment.Alignments.LastOrDefault(request => request.OrganisationId == party.Id && request.IsCurrent))).ToList();
        var closed = current.Select(party => WhyClosed(party.Key, party.Request, deployment.PlanDigest)).OfType<string>().Concat(WhyFrozen(deployment, facts.Calendar, now)).ToList();
        return closed.Count > 0
            ? new Gate(GateKind.Alignment, false, string.Join(' ', closed))
            : new Gate(GateKind.Alignment, true, string.Join(' ', current.Select(party => $"{WhyOpen(party.Request!)}{deployment.WhoseLink(party.Request!)}")));
    }

    private static string? WhyClosed(string key, AlignmentRequest? request, Digest plan) => request switch
    {
        null => $"{key} has to agree, and is asked when the plan is submitted.",
        _ when request.PlanDigest != plan => $"{request.Name} was asked about an earlier plan, and is asked anew when this one is submitted.",
        { Status: AlignmentStatus.Pending } => $"Waiting for {request.Name} to agree until {request.Deadline:yyyy-MM-dd HH:mm} UTC.",
        { Status: AlignmentStatus.NoResponse, SilenceBlocks: true } => $"{request.Name} did not answer in time, and their silence blocks this: call them and record what they say.",
        { Status: AlignmentStatus.Objected } => $"{request.Name} objects: {request.Answer!.Words} Change the plan, ask them again, or let the deployment manager and the service owner decide.",
        { LetsStart: false } => $"{request.Name} agrees under a condition that is not met: {Unmet(request)}.",
        _ => null,
    };

    /// <summary>Freezes that the slot lies in, or now for what runs on demand, of those who have to agree: an answer from before one says nothing about it.</summary>
    private static IEnumerable<string> WhyFrozen(Deployment deployment, CalendarFacts? calendar, DateTimeOffset now)
    {
        if (calendar is null) return [];

        var (when, what) = deployment.Slot is { } slot ? (new Occurrence(slot.Start, slot.End), "the slot lies in it: move it") : (new Occurrence(now, now.AddMinutes(1)), "it is now: wait");
        return calendar.Times.PartnersDuring(when).Where(time => !IsAgreedTo(deployment, time)).Select(time => $"{time.InWords}, and {what}, or ask them whether they agree nevertheless.");
    }

    /// <summary>They said yes after they had said when they do not want it, and to a time in it: to a slot that was moved into it since they said nothing.</summary>
    private static bool IsAgreedTo(Deployment deployment, PartnerFreezeTime time) =>
        deployment.Alignments.LastOrDefault(request => request.OrganisationId == time.Organisation.Id && request.IsCurrent) switch
        {
            { Status: AlignmentStatus.Overridden } => true,
            { IsAligned: true, Slot: var asked, Answer: { Way: not AnswerWay.StandingAgreement, At: var answeredAt } } =>
                answeredAt >= time.Freeze.At && (asked is null || time.Freeze.Overlaps(asked.Start, asked.End)),
            _ => false,
        };

    private static string Unmet(AlignmentRequest request) =>
        Words.List(request.Conditions.Where(condition => !condition.IsMet).Select(condition => $"“{condition.Text}”"));

    private static string WhyOpen(AlignmentRequest request) => request.Status switch
    {
        AlignmentStatus.Overridden => $"The objection of {request.Name} is overridden by {Words.List(request.Override.Select(vote => vote.By.Name))}.",
        AlignmentStatus.NoResponse => $"{request.Name} did not answer in time, which does not block this.",
        AlignmentStatus.AgreedWithConditions => $"{request.Name} agrees, and the conditions are met.",
        _ => $"{request.Name} agrees.",
    };
}
