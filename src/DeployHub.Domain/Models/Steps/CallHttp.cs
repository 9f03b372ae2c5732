using System.Text.Json.Serialization;

namespace DeployHub.Domain.Models.Steps;

/// <summary>Sends one request and expects an answer.</summary>
/// <param name="ExpectStatus">Accepted status codes; empty accepts 200 to 299.</param>
/// <param name="ExpectText">Must occur in the body.</param>
/// <param name="Outputs">Values for the steps after it: by name, where each stands in the JSON of the answer, as a JSON Pointer (RFC 6901) such as <c>/order/id</c>.</param>
/// <param name="Url">Begins with http:// or https://.</param>
/// <param name="Method">Such as POST. Only GET, HEAD, PUT and DELETE are done again after a lost worker without asking.</param>
/// <param name="Headers">Sent with it, by name; secrets as <c>${secret:name}</c>.</param>
/// <param name="Body">Sent as it is.</param>
public sealed record CallHttp(
    string Url, string Method = "GET", IReadOnlyDictionary<string, string>? Headers = null, string? Body = null,
    IReadOnlyList<int>? ExpectStatus = null, string? ExpectText = null, IReadOnlyDictionary<string, string>? Outputs = null) : StepSettings
{
    [JsonIgnore]
    public override AfterLoss AfterLoss => Method is "GET" or "HEAD" or "PUT" or "DELETE" ? AfterLoss.RunAgain : AfterLoss.AskPerson;

    [JsonIgnore]
    public override IEnumerable<string> OutputNames => Outputs?.Keys ?? [];
}
