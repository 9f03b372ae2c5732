using System.Reflection;
using DeployHub.Domain.Inventory;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.InWords;
using DeployHub.Features.Models.Notation;

namespace DeployHub.Features.Models;

/// <summary>A complete model that ships with DeployHub, to be used as it is or made one's own.</summary>
/// <param name="Yaml">The document with its comments, which say when it fits and what has to be there.</param>
/// <param name="UseWhen">Completes “Use it when”.</param>
/// <param name="AvoidWhen">Completes “Avoid it when”.</param>
/// <param name="Needs">What has to be there before anything is planned with it.</param>
public sealed record Starter(ModelContent Content, string Yaml, string UseWhen, string AvoidWhen, IReadOnlyList<string> Needs)
{
    public string Slug => Content.Model;

    /// <summary>What <see cref="CreateModel.Starter"/> is told, such as <c>shipped:rolling-service</c>.</summary>
    public string Reference => $"{Starters.Prefix}{Slug}";

    public string Name => Content.Name;

    public string Purpose => Content.Purpose;

    public Approach Approach => Content.Approach;

    public IReadOnlyList<ComponentKind> Kinds => Content.AppliesTo.Kinds;

    /// <summary>What it does, in a sentence.</summary>
    public string Summary => ModelInWords.Summary(Content)[0];
}

/// <summary>
/// The starters that ship, read once. They are called <c>shipped:slug</c>, which no model of the house can be: a slug holds no colon. So a house may
/// call a model of its own as a starter is called, and both can be meant.
/// </summary>
public static class Starters
{
    public const string Prefix = "shipped:";

    private static readonly Assembly Here = typeof(Starters).Assembly;

    /// <summary>By their approach, then by their slug.</summary>
    public static IReadOnlyList<Starter> All { get; } =
    [
        .. Here.GetManifestResourceNames().Where(name => name.StartsWith("starter/", StringComparison.Ordinal)).Select(Read)
            .OrderBy(starter => starter.Approach).ThenBy(starter => starter.Slug, StringComparer.Ordinal),
    ];

    /// <summary>Whether a text means a starter that ships, and not a model of the house.</summary>
    public static bool IsShipped(string reference) => reference.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>Null when none is called so.</summary>
    /// <param name="slug">With or without <c>shipped:</c> before it.</param>
    public static Starter? Find(string slug) => All.FirstOrDefault(starter => starter.Slug == slug || starter.Reference == slug);

    private static Starter Read(string resource)
    {
        using var reader = new StreamReader(Here.GetManifestResourceStream(resource)!);
        var yaml = reader.ReadToEnd().ReplaceLineEndings("\n");
        var reading = ModelDocument.Read(yaml);
        var content = reading.Content ?? throw new InvalidOperationException($"{resource} has errors: {string.Join(' ', reading.Errors.Select(error => error.Full))}");
        var head = HeadComment.Of(yaml);
        return new Starter(content, yaml, head.UseWhen, head.AvoidWhen, head.Needs);
    }
}
