using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Runs;

/// <summary>What a reader chose for one question.</summary>
/// <param name="Question">Number of the question, from 1.</param>
/// <param name="Chosen">The choices, as the question words them.</param>
public sealed record QuizAnswer(int Question, IReadOnlyList<string> Chosen);

/// <summary>What a reader's last try at the questions of a step came to. Every try is an event of the run.</summary>
/// <param name="Tries">How often this reader has tried.</param>
/// <param name="Of">How many questions there are.</param>
/// <param name="Needed">How many have to be answered right.</param>
/// <param name="Wrong">Numbers of the questions that were answered wrong.</param>
public sealed record QuizResult(int Tries, int Of, int Needed, IReadOnlyList<int> Wrong, DateTimeOffset At)
{
    public int Right => Of - Wrong.Count;

    public bool IsPassed => Right >= Needed;

    internal static QuizResult Judge(Acknowledge asks, IReadOnlyList<QuizAnswer> answers, int tries, DateTimeOffset at) => new(
        tries, asks.Quiz!.Count, asks.RightNeeded, [.. asks.Quiz.Index().Where(asked => !asked.Item.IsAnsweredBy(answers.First(answer => answer.Question == asked.Index + 1).Chosen)).Select(asked => asked.Index + 1)], at);
}
