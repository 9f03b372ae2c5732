using System.Text;
using DeployHub.Domain;
using DeployHub.Features.Models.Notation;

namespace DeployHub.Web.Api;

/// <summary>The document of a model or a block as a body: the text itself, as YAML or JSON by its content type. What was sent as YAML is given back byte for byte.</summary>
internal static class ModelBody
{
    private const string Yaml = "application/yaml";

    private static readonly Encoding StrictUtf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly Error NotAModel =
        new(ErrorKind.Invalid, "request.not-a-model", "Send the document as it is, with Content-Type: application/yaml or application/json.");

    private static readonly Error TooLarge =
        new(ErrorKind.Invalid, "request.too-large", $"The document of a model or a block has at most {ModelDocument.LargestBytes / 1024} KiB.");

    public static async Task<IResult> ReadAsync<T>(HttpRequest request, Func<(string Text, DocumentFormat Format), Task<T>> send, Func<T, IResult> answer)
    {
        if (FormatOf(request.ContentType) is not { } format) return ResultToHttp.Problem(NotAModel, StatusCodes.Status415UnsupportedMediaType);

        var bytes = new byte[ModelDocument.LargestBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
        if (length > ModelDocument.LargestBytes) return ResultToHttp.Problem(TooLarge, StatusCodes.Status413PayloadTooLarge);

        try
        {
            return answer(await send((StrictUtf8.GetString(bytes, 0, length), format)));
        }
        catch (DecoderFallbackException undecodable)
        {
            return ResultToHttp.Problem(NotUtf8(bytes.AsSpan(0, Math.Clamp(undecodable.Index, 0, length))));
        }
    }

    /// <summary>The version with its document as JSON, or the document alone as it was written, whichever the caller rather has.</summary>
    public static IResult Answer<TView>(HttpRequest request, TView version, string yaml)
    {
        request.HttpContext.Response.Headers.Vary = "Accept";
        var wanted = request.GetTypedHeaders().Accept.OrderByDescending(type => type.Quality ?? 1).Select(type => FormatOf(type.MediaType.Value)).FirstOrDefault(format => format is not null);
        return wanted is DocumentFormat.Yaml ? AsYaml(yaml) : TypedResults.Ok(version);
    }

    /// <param name="before">The bytes that are text, up to the first that are not.</param>
    private static Error NotUtf8(ReadOnlySpan<byte> before)
    {
        var (line, column) = (before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1);
        return new Error(ErrorKind.Invalid, "request.not-utf8", $"The document is not UTF-8 text: what stands at line {line}, column {column} is no character.");
    }

    public static IResult AsYaml(string document) => TypedResults.Bytes(StrictUtf8.GetBytes(document), $"{Yaml}; charset=utf-8");

    private static DocumentFormat? FormatOf(string? contentType) => contentType?.Split(';')[0].Trim().ToLowerInvariant() switch
    {
        Yaml or "application/x-yaml" or "text/yaml" or "text/x-yaml" => DocumentFormat.Yaml,
        "application/json" or "text/json" => DocumentFormat.Json,
        _ => null,
    };
}
