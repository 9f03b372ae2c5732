namespace DeployHub.Domain.Models.Analysis.Rules;

/// <summary>S4: at least 30 decisions of one quality, none of them a refusal, and half of them were waited for longer than four hours.</summary>
public static class IdleApprovals
{
    public const int FewestDecisions = 30;

    public static readonly TimeSpan LongWait = TimeSpan.FromHours(4);

    public static SignalAnswer Of(VersionFacts facts)
    {
        var habits = ApprovalHabit.Of(facts.Deployments);
        var most = habits.Select(habit => habit.Decisions).DefaultIfEmpty().Max();
        if (most < FewestDecisions) return SignalAnswer.Without(SignalCode.S4, facts, Said.TooFew("decisions about plans", FewestDecisions, most));

        var idle = habits.Where(habit => habit is { Decisions: >= FewestDecisions, Refused: 0 } && habit.MedianWait > LongWait);
        return SignalAnswer.Of(SignalCode.S4, facts, idle.Select(habit => Signal.Of(
            SignalCode.S4, facts, Words.Of(habit.Quality), Sentence(habit),
            facts.Deployments.Where(deployment => deployment.Approvals.Any(approval => approval.Quality == habit.Quality)).Select(deployment => deployment.Number))));
    }

    private static string Sentence(ApprovalHabit habit) =>
        $"The approval by {Words.Of(habit.Quality)} was given {habit.Decisions} of {habit.Decisions} times; half of them were waited for at least {Words.Of(habit.MedianWait!.Value)}.";
}
