using System.Text.Json.Serialization;

namespace DeployHub.Domain.Models.Steps;

/// <summary>
/// Named people try what was deployed and accept it by criteria that they tick, once for the whole run; a single one of them who rejects it
/// halts (domain B5). In a live environment those who planned the deployment do not accept it alone. The step's timeout is their deadline.
/// </summary>
/// <param name="Statement">What they accept, as a sentence.</param>
/// <param name="Criteria">What each of them has seen to be so, one sentence each.</param>
/// <param name="Accepters">E-mail addresses of people with an account, roles such as <c>Stakeholder</c>, or role slots of the model; a text may hold several, with commas between them.</param>
/// <param name="Quota">How many of them have to accept: a share such as <c>50%</c>, or a count such as <c>2</c>.</param>
/// <param name="Document">Where it can be tried, or where the criteria are explained.</param>
public sealed record Accept(string Statement, IReadOnlyList<string> Criteria, IReadOnlyList<string> Accepters, string Quota = "100%", string? Document = null) : AsksPeople
{
    public const int MostCriteria = 20;

    [JsonIgnore]
    public override string Question => Statement;

    [JsonIgnore]
    public override IEnumerable<string> AskedOf => NamesOf(Accepters);

    [JsonIgnore]
    public override string Needed => Quota;

    [JsonIgnore]
    public override string? ReadAt => Document;
}
