namespace DeployHub.Domain.Models.Steps;

/// <summary>A question that shows whether a reader has understood (domain §2.3.3, J12).</summary>
/// <param name="Text">The question, as a sentence.</param>
/// <param name="Choices">What may be chosen.</param>
/// <param name="Right">Those of the choices that are right: all of them and no other have to be chosen. Whoever is asked sees them only after having passed.</param>
public sealed record QuizQuestion(string Text, IReadOnlyList<string> Choices, IReadOnlyList<string> Right)
{
    /// <summary>How many one step may ask.</summary>
    public const int Most = 20;

    public const int MostChoices = 10;

    /// <summary>What stands in the place of a right answer where it is not told.</summary>
    public const string Withheld = "withheld";

    /// <summary>All the right ones and no other were chosen.</summary>
    public bool IsAnsweredBy(IEnumerable<string> chosen) => chosen.ToHashSet().SetEquals(Right);
}
