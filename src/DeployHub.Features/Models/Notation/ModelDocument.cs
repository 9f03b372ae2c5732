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
    public static ModelReading Read(string text, DocumentFormat format = DocumentFormat.Yaml) => Read(text, null, format);

    /// <param name="slug">What the document must call its model; null for whatever it says.</param>
    public static ModelReading Read(string text, string? slug, DocumentFormat format = DocumentFormat.Yaml)
    {
        var remarks = new List<PlacedRemark>();
        try
        {
            SourceLimits.Checked(text);
            var source = format is DocumentFormat.Json ? JsonSource.Read(Unmarked(text)) : YamlSource.Read(Unmarked(text));
            var content = ModelReader.Read(source, remarks);
            if (remarks.Count == 0) remarks.AddRange(ModelValidation.Check(content, NCalcConditions.Instance).Select(remark => Placed(remark, source.Find(remark.Path))));
            if (slug is not null && content.Model.Length > 0 && content.Model != slug) remarks.Add(Placed(new ModelRemark("model.slug-differs", "model", Severity.Error, ModelErrors.SlugDiffers(slug, content.Model).Message), source.Find("model")));
            return Ordered(content, remarks);
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

    private static ModelReading Ordered(ModelContent content, List<PlacedRemark> remarks)
    {
        var ordered = remarks.OrderBy(remark => remark.Line).ThenBy(remark => remark.Column).ToList();
        return new ModelReading(ordered.Exists(remark => remark.Severity is Severity.Error) ? null : content, [.. ordered.Take(SourceLimits.Remarks)])
        {
            Names = new ModelNames(content.Model, content.Name, content.Purpose),
        };
    }

    private static PlacedRemark Placed(ModelRemark remark, Source place) =>
        new(remark.Rule, remark.Path, place.Line, place.Column, remark.Severity, remark.Sentence);
}
