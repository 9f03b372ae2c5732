using System.Text.Json.Nodes;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Validation;

namespace DeployHub.Features.Models.Notation;

public enum DocumentFormat
{
    Yaml,
    Json,
}

/// <summary>What a document calls its model; empty where it does not say.</summary>
public sealed record ModelNames(string Model, string Name, string Purpose);

/// <summary>What reading a model document found.</summary>
/// <param name="Content">Null when an error stops it from being published.</param>
/// <param name="Remarks">In the order of the text.</param>
public sealed record ModelReading(ModelContent? Content, IReadOnlyList<PlacedRemark> Remarks)
{
    /// <summary>Known with errors, too, unless the text is no document at all.</summary>
    public ModelNames Names { get; init; } = new("", "", "");

    public IEnumerable<PlacedRemark> Errors => Remarks.Where(remark => remark.Severity is Severity.Error);
}

/// <summary>The document that people, editors, the API and Git read and write.</summary>
public static class ModelDocument
{
    public const int LargestBytes = SourceLimits.Bytes;

    /// <summary>Never throws for what somebody wrote: whatever is wrong is a remark with its place.</summary>
    public static ModelReading Read(string text, DocumentFormat format = DocumentFormat.Yaml) => Read(text, Library.Empty, null, format);

    /// <param name="slug">What the document must call its model; null for whatever it says.</param>
    public static ModelReading Read(string text, string? slug, DocumentFormat format = DocumentFormat.Yaml) => Read(text, Library.Empty, slug, format);

    /// <param name="library">What it may name; see <see cref="LibraryNames.In"/> for what has to be in it.</param>
    /// <param name="slug">What the document must call its model; null for whatever it says.</param>
    public static ModelReading Read(string text, Library library, string? slug = null, DocumentFormat format = DocumentFormat.Yaml)
    {
        var (faults, notes) = (new List<PlacedRemark>(), new List<PlacedRemark>());
        try
        {
            var source = Parse(text, format);
            var content = new ModelReader(library, faults, notes).Read(source);
            var remarks = faults.Count == 0 ? Check(content, library) : OfParameters(content, faults);
            notes.AddRange(remarks.Select(remark => Placed(remark, content, source)).OfType<PlacedRemark>());
            if (slug is not null && content.Model.Length > 0 && content.Model != slug) notes.Add(Placed(new ModelRemark("model.slug-differs", "model", Severity.Error, ModelErrors.SlugDiffers(slug, content.Model).Message), source.Find("model")));
            return Ordered(content, [.. faults, .. notes]);
        }
        catch (UnreadableException unreadable)
        {
            return new ModelReading(null, [unreadable.Remark]);
        }
    }

    /// <summary>Without the mark that some editors put before the text; it is kept with it, and says nothing.</summary>
    internal static string Unmarked(string text) => text.StartsWith('\uFEFF') ? text[1..] : text;

    /// <summary>The document as YAML. Reading it again gives equal content.</summary>
    public static string Yaml(ModelContent content) => YamlText.Of(ModelWriter.Write(content));

    /// <summary>The same document as JSON.</summary>
    public static JsonObject Json(ModelContent content) => ModelWriter.Write(content);

    /// <exception cref="UnreadableException">It is not even a document.</exception>
    internal static Source Parse(string text, DocumentFormat format, string noun = "model")
    {
        SourceLimits.Checked(text, noun);
        return format is DocumentFormat.Json ? JsonSource.Read(Unmarked(text)) : YamlSource.Read(Unmarked(text), noun);
    }

    internal static PlacedRemark Placed(ModelRemark remark, Source place) => new(remark.Rule, remark.Path, place.Line, place.Column, remark.Severity, remark.Sentence);

    /// <summary>In the order of the text, as many as anybody reads.</summary>
    internal static List<PlacedRemark> Ordered(IEnumerable<PlacedRemark> remarks) => [.. remarks.OrderBy(remark => remark.Line).ThenBy(remark => remark.Column)];

    private static IEnumerable<ModelRemark> Check(ModelContent content, Library library) =>
        [.. ModelValidation.Check(content, NCalcConditions.Instance), .. library.Secrets is { } known ? SecretRules.Check(content, known) : [], .. ApprovalRules.Check(content, library.Policies)];

    /// <summary>Parameters are understood before every step is: what is wrong with them is told together with what cannot be read elsewhere.</summary>
    private static IEnumerable<ModelRemark> OfParameters(ModelContent content, IReadOnlyCollection<PlacedRemark> faults)
    {
        if (content.Extends is not null) return [];

        var unread = faults.Select(fault => fault.Path).Where(path => IsIn(path, "parameters")).ToList();
        var ofUse = unread.Count == 0 ? ModelValidation.CheckParameterNames(content) : [];
        return [.. content.Parameters.Where(parameter => !unread.Exists(path => IsIn(path, $"parameters.{parameter.Name}"))).SelectMany(ModelValidation.CheckParameter), .. ofUse];
    }

    private static bool IsIn(string path, string part) => path == part || path.StartsWith($"{part}.", StringComparison.Ordinal);

    /// <summary>
    /// Null for what whoever wrote the document can do nothing about: what is noted of the model that it extends. An error there stands where
    /// that model is named.
    /// </summary>
    private static PlacedRemark? Placed(ModelRemark remark, ModelContent content, Source source)
    {
        if (content.Extends is not { } extended || IsOwn(remark.Path, extended)) return Placed(remark, source.Find(remark.Path));
        return remark.Severity is not Severity.Error && remark.Rule != SecretRules.Rule ? null
            : Placed(remark with { Path = ExtensionReader.Member, Sentence = $"In {extended.InWords}: {remark.Sentence}" }, source.Find(ExtensionReader.Member));
    }

    /// <summary>The document of a model that extends another says it itself.</summary>
    private static bool IsOwn(string path, ModelExtension extended) => path.Split('.', '[') switch
    {
        ["model" or "name" or "purpose" or "appliesTo", ..] => true,
        ["parameters", var name, ..] => extended.Parameters.Any(parameter => parameter.Name == name),
        _ => false,
    };

    private static ModelReading Ordered(ModelContent content, IEnumerable<PlacedRemark> remarks)
    {
        var ordered = Ordered(remarks);
        return new ModelReading(ordered.Exists(remark => remark.Severity is Severity.Error) ? null : content, [.. ordered.Take(SourceLimits.Remarks)])
        {
            Names = new ModelNames(content.Model, content.Name, content.Purpose),
        };
    }
}
