using System.Text.Json.Serialization;
using DeployHub.Domain.Models;
using DeployHub.Domain.Models.Steps;
using DeployHub.Domain.Models.Validation;

namespace DeployHub.Domain.Inventory;

/// <summary>What a trust policy asks of every artefact, said as a model says it. Both have to hold and name their keys; another way to sign is another policy.</summary>
/// <param name="Signature">Who must have signed it; null when no signature is asked for.</param>
/// <param name="Provenance">How it must have been built; null when no provenance is asked for.</param>
public sealed record TrustDemands(CheckSignature? Signature = null, CheckProvenance? Provenance = null)
{
    private const string Keys = "keys";

    /// <summary>Over the canonical JSON: the same demands have the same, whatever version says them.</summary>
    [JsonIgnore]
    public Digest Digest => Digest.OfText(CanonicalJson.Of(this));

    /// <summary>As checks of a run, in the order in which they are done.</summary>
    [JsonIgnore]
    public IReadOnlyList<(string Name, ComponentCheck Check)> Checks =>
    [
        .. Signature is null ? [] : new (string, ComponentCheck)[] { ("signature", Signature) },
        .. Provenance is null ? [] : new (string, ComponentCheck)[] { ("provenance", Provenance) },
    ];

    /// <summary>Something that was demanded before is not, or not in the same words. Which of two patterns is the stricter nobody can tell by looking, so another one counts as laxer.</summary>
    internal bool Relax(TrustDemands before) => IsDropped(before.Signature, Signature) || IsDropped(before.Provenance, Provenance);

    /// <summary>What is wrong with the settings, field by field; null when nothing is. The rules are those of a model, and nothing may be filled in by whoever plans.</summary>
    internal Error? Objection()
    {
        if (Checks.Count == 0) return TrustPolicyErrors.DemandsNothing;

        List<(string Field, string Sentence)> faults =
        [
            .. Signature is { } signature ? Faults(nameof(Signature), signature, signature.Keys, SettingsRules.Signature(signature)) : [],
            .. Provenance is { } provenance ? Faults(nameof(Provenance), provenance, provenance.Keys, SettingsRules.Provenance(provenance)) : [],
        ];
        return faults.Count == 0 ? null : TrustPolicyErrors.WrongDemands(faults);
    }

    private static IEnumerable<(string, string)> Faults(string check, ComponentCheck settings, IReadOnlyList<string>? keys, IEnumerable<(string Rule, string Member, string Sentence)> remarks)
    {
        var isWithoutKeys = keys is not { Count: > 0 };
        foreach (var (_, member, sentence) in remarks.Where(remark => !isWithoutKeys || remark.Member != Keys)) yield return (FieldOf(check, member), $"{member} {sentence}");
        if (isWithoutKeys) yield return (FieldOf(check, Keys), $"{Keys} names at least one trusted key: otherwise whoever may register keys could relax the policy alone.");
        var open = Template.NamesIn(settings).Except(SigningPatterns.Plain).Select(name => $"${{{name}}}").ToList();
        if (open.Count > 0) yield return (FieldOf(check, check), $"{Words.List(open)} would be chosen by whoever plans or registers. Write it out; of what a run fills in, only {string.Join(", ", SigningPatterns.Plain)} can be used.");
    }

    /// <summary><c>identities[0].subject</c> of a signature is told at <c>Version.Signature.Identities</c>.</summary>
    private static string FieldOf(string check, string member) => $"Version.{check}.{char.ToUpperInvariant(member[0])}{member.Split('[', '.')[0][1..]}";

    /// <summary>By its own type: as one of the family's it would be compared without its settings.</summary>
    private static bool IsDropped<TCheck>(TCheck? before, TCheck? now) where TCheck : ComponentCheck => before is not null && CanonicalJson.Of(before) != CanonicalJson.Of(now);
}
