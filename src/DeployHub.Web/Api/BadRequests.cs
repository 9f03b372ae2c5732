using System.Text.Json;
using System.Text.RegularExpressions;
using DeployHub.Domain;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing.Template;

namespace DeployHub.Web.Api;

/// <summary>A request that cannot be read is answered with a sentence that names the field, never with a bare status and never with 500.</summary>
internal static partial class BadRequests
{
    public static async Task Answer(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (BadHttpRequestException exception) when (!http.Response.HasStarted)
        {
            await ProblemOf(exception, BodyOf(http)).ExecuteAsync(http);
        }
        catch (NotSupportedException exception) when (exception.Source == typeof(JsonException).Assembly.GetName().Name && !http.Response.HasStarted)
        {
            // An object whose kind is not told, such as a connection without "kind", is no JsonException for the parser.
            await ResultToHttp.Problem(JsonSentences.MissingKind(exception)).ExecuteAsync(http);
        }
    }

    /// <summary>There is nothing at the address, or nothing for the method, or nothing for this type of body.</summary>
    public static IResult NoSuchAddress(HttpContext http, EndpointDataSource endpoints) => TypesTakenBy(http.Request, endpoints) is { Count: > 0 } types
        ? Problem(StatusCodes.Status415UnsupportedMediaType, "request.wrong-type", $"Send the body with Content-Type: {string.Join(" or ", types)}; this one says {http.Request.ContentType}.")
        : Problem(StatusCodes.Status404NotFound, "request.no-such-address", $"There is nothing to {http.Request.Method} at {http.Request.Path}. The API is described at /openapi/v1.json.");

    /// <summary>Routing passes over an endpoint that does not take the type of a body, as if it were not there.</summary>
    private static IReadOnlyList<string> TypesTakenBy(HttpRequest request, EndpointDataSource endpoints) => request.ContentType is null
        ? []
        :
        [
            .. endpoints.Endpoints.OfType<RouteEndpoint>()
                .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains(request.Method) is true)
                .Where(endpoint => new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(request.Path, []))
                .SelectMany(endpoint => endpoint.Metadata.GetMetadata<IAcceptsMetadata>()?.ContentTypes ?? []).Distinct(),
        ];

    private static IResult ProblemOf(BadHttpRequestException exception, Type? body) => exception switch
    {
        { InnerException: JsonException json } => ResultToHttp.Problem(JsonSentences.Of(json, body)),
        { StatusCode: StatusCodes.Status413PayloadTooLarge } => Problem(exception.StatusCode, "request.too-large",
            $"The request is larger than this address accepts; JSON bodies may have {JsonSetup.LargestBody / 1024 / 1024} MiB."),
        { StatusCode: StatusCodes.Status415UnsupportedMediaType } => Problem(exception.StatusCode, "request.not-json", "Send the body as JSON, with Content-Type: application/json."),
        _ => ResultToHttp.Problem(ErrorOf(exception.Message)),
    };

    private static Type? BodyOf(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType;

    /// <summary>Route and query values, and bodies that are not there at all.</summary>
    private static Error ErrorOf(string message)
    {
        if (Unbound().Match(message) is { Success: true } unbound)
        {
            var field = JsonNamingPolicy.CamelCase.ConvertName(unbound.Groups["name"].Value);
            return Error.Invalid("request.wrong-value", field, $"“{unbound.Groups["value"].Value}” does not fit “{field}”{Expected(unbound.Groups["type"].Value)}.");
        }

        if (NotProvided().Match(message) is { Success: true } absent && absent.Groups["from"].Value is not "body")
        {
            var field = JsonNamingPolicy.CamelCase.ConvertName(absent.Groups["name"].Value);
            return Error.Invalid("request.missing-value", field, $"“{field}” must be given.");
        }

        return new Error(ErrorKind.Invalid, "request.unreadable", "The request cannot be read. Send a complete JSON body, with Content-Type: application/json.");
    }

    private static string Expected(string typeName) => typeName.Replace("Nullable<", "").TrimEnd('?', '>') switch
    {
        "int" or "long" => ": write a whole number",
        "bool" => ": write true or false",
        "DateTimeOffset" => ": write a time such as 2026-03-01T10:00:00Z",
        var name when typeof(Error).Assembly.GetTypes().FirstOrDefault(type => type.IsEnum && type.Name == name) is { } choice =>
            $": write one of {Words.List(Enum.GetNames(choice))}",
        _ => "",
    };

    private static IResult Problem(int status, string code, string message) => ResultToHttp.Problem(new Error(ErrorKind.Invalid, code, message), status);

    [GeneratedRegex("^Failed to bind parameter \"(?<type>[^ ]+) (?<name>\\w+)\" from \"(?<value>.*)\"\\.$", RegexOptions.Singleline)]
    private static partial Regex Unbound();

    [GeneratedRegex("^Required parameter \"[^ ]+ (?<name>\\w+)\" was not provided from (?<from>[\\w ]+)\\.$")]
    private static partial Regex NotProvided();
}
