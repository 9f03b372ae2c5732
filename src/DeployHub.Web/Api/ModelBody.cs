using System.Text;
using DeployHub.Domain;
using DeployHub.Features.Models;
using DeployHub.Features.Models.Notation;

namespace DeployHub.Web.Api;

/// <summary>A model document as a body: the text itself, as YAML or JSON by its content type.</summary>
internal static class ModelBody
{
    private const string Yaml = "application/yaml";

    private static readonly Encoding StrictUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly Error NotAModel =
        new(ErrorKind.Invalid, "request.not-a-model", "Send the document as it is, with Content-Type: application/yaml or application/json.");

    private static readonly Error NotUtf8 = new(ErrorKind.Invalid, "request.not-utf8", "The document is not UTF-8 text.");

    private static readonly Error TooLarge =
        new(ErrorKind.Invalid, "request.too-large", $"A model document has at most {ModelDocument.LargestBytes / 1024} KiB.");

    public static async Task<IResult> ReadAsync<T>(HttpRequest request, Func<(string Text, DocumentFormat Format), Task<T>> send, Func<T, IResult> answer)
    {
        if (FormatOf(request.ContentType) is not { } format) return ResultToHttp.Problem(NotAModel, StatusCodes.Status415UnsupportedMediaType);

        var bytes = new byte[ModelDocument.LargestBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
        if (length > ModelDocument.LargestBytes) return ResultToHttp.Problem(TooLarge, StatusCodes.Status413PayloadTooLarge);

        try
        {
            return answer(await send((StrictUtf8.GetString(bytes, 0, length).TrimStart('\uFEFF'), format)));
        }
        catch (DecoderFallbackException)
        {
            return ResultToHttp.Problem(NotUtf8);
        }
    }

    /// <summary>The version with its document as JSON, or the document alone as it was written, whichever the caller rather has.</summary>
    public static IResult Answer(HttpRequest request, ShowModelVersion.View version)
    {
        request.HttpContext.Response.Headers.Vary = "Accept";
        var wanted = request.GetTypedHeaders().Accept.OrderByDescending(type => type.Quality ?? 1).Select(type => FormatOf(type.MediaType.Value)).FirstOrDefault(format => format is not null);
        return wanted is DocumentFormat.Yaml ? AsYaml(version.Yaml) : TypedResults.Ok(version);
    }

    public static IResult AsYaml(string document) => TypedResults.Text(document, Yaml, Encoding.UTF8);

    private static DocumentFormat? FormatOf(string? contentType) => contentType?.Split(';')[0].Trim().ToLowerInvariant() switch
    {
        Yaml or "application/x-yaml" or "text/yaml" or "text/x-yaml" => DocumentFormat.Yaml,
        "application/json" or "text/json" => DocumentFormat.Json,
        _ => null,
    };
}
