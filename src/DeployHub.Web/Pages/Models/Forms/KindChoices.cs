using DeployHub.Features.Models;

namespace DeployHub.Web.Pages.Models.Forms;

/// <summary>What a step can do, in groups and in words, for whoever chooses among more than forty kinds.</summary>
internal static class KindChoices
{
    /// <param name="Title">What the kinds have in common.</param>
    internal sealed record Group(string Title, IReadOnlyList<Choice> Kinds);

    /// <param name="Name">As the document says it.</param>
    /// <param name="Words">The name, and what it does.</param>
    internal sealed record Choice(string Name, string Words);

    private static readonly string[] People = ["manual", "acknowledge", "accept"], Elsewhere = ["http", "webhook", "wait", "pull"];

    /// <summary>Those that bring or change something come first.</summary>
    public static IReadOnlyList<Group> All { get; } =
    [
        GroupOf("Brings or changes something", kind => !kind.IsCheck && !People.Contains(kind.Name) && !Elsewhere.Contains(kind.Name)),
        GroupOf("Asks people", kind => People.Contains(kind.Name)),
        GroupOf("Calls others, or waits", kind => Elsewhere.Contains(kind.Name)),
        GroupOf("Checks a target, an environment or a deployment", kind => kind is { IsCheck: true, IsForComponents: false }),
        GroupOf("Checks a component version", kind => kind.IsForComponents),
    ];

    /// <summary>The groups with those that are wanted, and nothing else.</summary>
    public static IEnumerable<Group> Among(IReadOnlyCollection<string> names) =>
        All.Select(group => group with { Kinds = [.. group.Kinds.Where(kind => names.Contains(kind.Name))] }).Where(group => group.Kinds.Count > 0);

    private static Group GroupOf(string title, Func<StepCatalogue.Kind, bool> isOf) =>
        new(title, [.. StepCatalogue.Kinds.Where(isOf).Select(kind => new Choice(kind.Name, $"{kind.Name}: {StepKindsModel.FirstSentenceOf(kind)}"))]);
}
