namespace DeployHub.Domain.Models;

/// <summary>
/// The language of <see cref="StepDefinition.When"/>. A wall: behind it is an expression library, and the domain knows none. Names are
/// written <c>${…}</c> as everywhere in a model; what they stand for is text, and a number or true/false where the expression needs one.
/// </summary>
public interface IConditions
{
    /// <summary>What is wrong with the condition as it is written, in a sentence; null when nothing is.</summary>
    string? Objection(string condition);

    /// <summary>Whether it holds. Refused with <c>condition.cannot-tell</c>, in a sentence, when a value is missing or of no use there.</summary>
    /// <param name="values">By the names without <c>${}</c>; only those that the expression comes to are needed.</param>
    Result<bool> Judge(string condition, IReadOnlyDictionary<string, string> values);
}
