using System.Text.Json.Serialization;

namespace DeployHub.Domain.Models.Steps;

/// <summary>Named people confirm that they have read and understood a component version (domain §2.3.3, J12). The step's timeout is their deadline.</summary>
/// <param name="Statement">What they confirm, as a sentence.</param>
/// <param name="Readers">E-mail addresses of people with an account, roles such as <c>Stakeholder</c>, or role slots of the model; a text may hold several, with commas between them.</param>
/// <param name="Quota">How many of them have to confirm: a share such as <c>95%</c>, or a count. Those who are exempt do not count.</param>
/// <param name="Document">Where it can be read, when that is not its definitive store.</param>
/// <param name="Quiz">Questions that a reader answers before confirming; as often as it takes.</param>
/// <param name="PassMark">How many of the questions have to be answered right: a count such as <c>2</c>, or a share such as <c>70%</c>. All of them unless told.</param>
/// <param name="RemindAfter">When those who have not confirmed are reminded, each time once, counted from when they were asked: 3d and 6d unless told; an empty list for never.</param>
public sealed record Acknowledge(
    string Statement, IReadOnlyList<string> Readers, string Quota = "100%", string? Document = null,
    IReadOnlyList<QuizQuestion>? Quiz = null, string? PassMark = null, IReadOnlyList<string>? RemindAfter = null) : AsksPeople
{
    private static readonly TimeSpan[] UsualReminders = [TimeSpan.FromDays(3), TimeSpan.FromDays(6)];

    [JsonIgnore]
    public override string Question => Statement;

    [JsonIgnore]
    public override IEnumerable<string> AskedOf => NamesOf(Readers);

    [JsonIgnore]
    public override string Needed => Quota;

    [JsonIgnore]
    public override string? ReadAt => Document;

    /// <summary>How many questions have to be answered right.</summary>
    [JsonIgnore]
    public int RightNeeded => Share.Parse(PassMark ?? "100%").Value.Needed(Quiz?.Count ?? 0);

    /// <summary>In order, how long after being asked.</summary>
    [JsonIgnore]
    public IReadOnlyList<TimeSpan> Reminders => RemindAfter is null ? UsualReminders : [.. RemindAfter.Select(Duration.Of).Order()];

    /// <summary>For whoever may be asked it: the same without what is right.</summary>
    public Acknowledge WithoutRightAnswers() => Quiz is null ? this : this with { Quiz = [.. Quiz.Select(question => question with { Right = [QuizQuestion.Withheld] })] };
}
