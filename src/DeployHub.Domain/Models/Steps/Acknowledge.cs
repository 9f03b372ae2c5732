using System.Text.Json.Serialization;

namespace DeployHub.Domain.Models.Steps;

/// <summary>Named people confirm that they have read and understood a component version (domain §2.3.3, J12). The step's timeout is their deadline.</summary>
/// <param name="Statement">What they confirm, as a sentence.</param>
/// <param name="Readers">E-mail addresses of people with an account, or roles such as <c>Stakeholder</c>; a text may hold several, with commas between them.</param>
/// <param name="Quota">How many of them have to confirm: a share such as <c>95%</c>, or a count.</param>
/// <param name="Document">Where it can be read, when that is not its definitive store.</param>
public sealed record Acknowledge(string Statement, IReadOnlyList<string> Readers, string Quota = "100%", string? Document = null) : AsksPeople
{
    [JsonIgnore]
    public override string Question => Statement;

    [JsonIgnore]
    public override IEnumerable<string> AskedOf => NamesOf(Readers);

    [JsonIgnore]
    public override string Needed => Quota;

    [JsonIgnore]
    public override string? ReadAt => Document;
}
