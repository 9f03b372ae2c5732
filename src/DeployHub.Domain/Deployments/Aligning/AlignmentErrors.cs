using DeployHub.Domain.Access;

namespace DeployHub.Domain.Deployments.Aligning;

/// <summary>Every way an alignment request says no.</summary>
public static class AlignmentErrors
{
    private const string BothOfThem = "a deployment manager together with the service owner";
    private const string Planner = "a release manager, deployment manager or practitioner";

    public static readonly Error NotAskedNow =
        new(ErrorKind.Conflict, "alignment.not-asked-now", "Nothing is asked here now: the deployment is a draft again, has started or is over. Answers count until a run starts.")
        {
            WhoCould = Planner,
        };

    public static readonly Error Superseded =
        new(ErrorKind.Conflict, "alignment.superseded", "The plan changed after this was asked. Look at the new request and answer that one.");

    public static readonly Error ReasonMissing =
        Error.Invalid("alignment.reason-missing", "Words", "Say what you object to, so that the planner can do something about it.");

    public static readonly Error ConditionMissing =
        Error.Invalid("alignment.condition-missing", "Conditions", "Say under which condition you agree: in words, or as times of day.");

    public static readonly Error ConditionsNeedTheirReply =
        Error.Invalid("alignment.conditions-dropped", "Conditions", "Conditions count only with the answer “agree with conditions”: choose that one, or leave them out.");

    public static readonly Error ConditionIsChecked =
        new(ErrorKind.Conflict, "alignment.condition-checked", "This condition is checked against the slot by itself. Move the slot to meet it.") { WhoCould = Planner };

    public static readonly Error NotObjected =
        new(ErrorKind.Conflict, "alignment.not-objected", "Only an objection can be overridden, and none stands here.");

    public static readonly Error MachinesNeverOverride =
        new(ErrorKind.Forbidden, "SOD-6", "Machine identities never override an objection (SOD-6). Ask a person.") { WhoCould = BothOfThem };

    public static readonly Error NobodyToOverride =
        new(ErrorKind.Forbidden, "alignment.override-needs-two", "An objection is overridden by a deployment manager together with the service owner (domain §2.2.3).")
        {
            WhoCould = BothOfThem,
        };

    public static readonly Error NoteAnswered =
        new(ErrorKind.Conflict, "alignment.note-answered", "Somebody has answered to this text. Ask them again first, so that an answer is always to what was read.")
        {
            WhoCould = Planner,
        };

    public static Error NoSuchRequest(string deployment, int number) =>
        new(ErrorKind.NotFound, "alignment.not-found", $"There is no alignment request {number} of {deployment}.");

    public static Error NoSuchCondition(int number) =>
        new(ErrorKind.NotFound, "condition.not-found", $"There is no condition {number} in this answer.");

    public static Error ConditionMet(MetCondition met) =>
        new(ErrorKind.Conflict, "alignment.condition-met", $"{met.By.Name} recorded on {met.At:yyyy-MM-dd} that this condition is met: {met.Note}");

    public static Error Answered(AlignmentRequest request)
    {
        var answer = request.Answer!;
        var said = $"This was answered on {answer.At:yyyy-MM-dd HH:mm} UTC by {answer.Name}: {Words.Of(answer.Reply)}.";
        return new Error(ErrorKind.Conflict, "alignment.answered", $"{said} If that changed, the planner can ask again.") { WhoCould = Planner };
    }

    public static Error NothingToAskAgain(AlignmentRequest request) =>
        new(ErrorKind.Conflict, "alignment.waits", $"{request.Name} has been asked and has time until {request.Deadline:yyyy-MM-dd HH:mm} UTC. Send the link again instead.");

    public static Error PlannerMayNotOverride(Actor planner) =>
        new(ErrorKind.Forbidden, "SOD-4", $"{planner.Name} planned this, and whoever asks for something may not override what others say against it (SOD-4). Ask another person.")
        {
            WhoCould = $"{BothOfThem}, neither of whom planned it",
        };

    public static Error PlannerMayNotAnswer(Actor planner) =>
        new(ErrorKind.Forbidden, "SOD-1", $"{planner.Name} planned this, and whoever asks for something does not answer for those who are asked (SOD-1). Ask another contact.")
        {
            WhoCould = "another contact of the organisation",
        };

    public static Error NoContact(string organisation) =>
        new(ErrorKind.Forbidden, "alignment.no-contact", $"Only contacts of {organisation} answer for it: whoever signed in with the address of one, or opens their own link.")
        {
            WhoCould = $"a contact of {organisation}",
        };

    public static Error OverrideNeedsOther(OverrideVote first) =>
        new(ErrorKind.Forbidden, "alignment.override-needs-other",
            $"{first.By.Name} has decided already. Now it takes {(first.IsManager ? "the owner of the service" : "a deployment manager")}, another person.")
        {
            WhoCould = first.IsManager ? "an approver with the quality service owner" : "a deployment manager",
        };
}
