using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using DeployHub.Domain.Access;

namespace DeployHub.Domain.Models;

/// <summary>A place in a model that a plan fills with people (domain A2): the model says what they have to be, a plan says who they are.</summary>
/// <param name="Name">Names it for the steps; <see cref="Operator"/> for whoever starts the run and watches it.</param>
/// <param name="Qualification">The skill that they hold in the plan's environment; null for none.</param>
/// <param name="People">How many it takes, from 1.</param>
/// <param name="Optional">A plan may leave it empty; whoever has the role and the qualification does its steps then.</param>
/// <param name="DiffersFrom">Other slots: nobody is in one of them and in this one.</param>
public sealed partial record RoleSlot(
    string Name, Role Role, string? Qualification = null, int People = 1, bool Optional = false, IReadOnlyList<string>? DiffersFrom = null, string? Description = null)
{
    /// <summary>The slot of whoever starts the run and watches it, which every plan has, whether its model says more of it or not.</summary>
    public const string Operator = "operator";

    public const int MostPeople = 20;

    /// <summary>Such as “a deployment practitioner who holds “rack-hardware””.</summary>
    [JsonIgnore]
    public string Wanted => $"{ARole(Role)}{(Qualification is { } skill ? $" who holds “{skill}”" : "")}";

    [JsonIgnore]
    public bool IsOperator => Name == Operator;

    /// <summary>Told apart from e-mail addresses and from the roles themselves.</summary>
    public static bool IsName(string text) => NameForm().IsMatch(text) && !Enum.TryParse<Role>(text, ignoreCase: true, out _);

    /// <summary>Such as “an approver”.</summary>
    public static string ARole(Role role) => Words.Of(role) is var word && "aeiou".Contains(word[0], StringComparison.Ordinal) ? $"an {word}" : $"a {word}";

    [GeneratedRegex(@"\A[a-z][A-Za-z0-9-]{0,39}\z")]
    private static partial Regex NameForm();
}
