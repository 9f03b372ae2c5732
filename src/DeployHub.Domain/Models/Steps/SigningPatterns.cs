namespace DeployHub.Domain.Models.Steps;

/// <summary>What the patterns must not be by which signers and builders are believed. Sentences go on after the name of the place.</summary>
internal static class SigningPatterns
{
    /// <summary>Names whose values can hold no <c>*</c>: keys, labels, digests and numbers.</summary>
    public static readonly string[] Plain = ["version.label", "version.digest", "component.key", "environment.key", Template.PromotionSource, "deployment.number"];

    public static IEnumerable<(string Member, string Sentence)> WeakIn(string member, IReadOnlyList<string>? patterns) =>
        (patterns ?? []).SelectMany((pattern, index) => Weak($"{member}[{index}]", pattern));

    public static IEnumerable<(string Member, string Sentence)> WeakIn(IReadOnlyList<SignerIdentity>? identities) =>
        (identities ?? []).SelectMany((identity, index) => Weak($"identities[{index}].subject", identity.Subject).Concat(Weak($"identities[{index}].issuer", identity.Issuer)));

    /// <summary>Of these any value may be allowed, but only by whoever writes the model.</summary>
    public static IEnumerable<(string Member, string Sentence)> FilledIn(IReadOnlyDictionary<string, string>? patterns) =>
        (patterns ?? new Dictionary<string, string>()).SelectMany(pattern => Filled($"parameters.{pattern.Key}", pattern.Value));

    private static IEnumerable<(string, string)> Weak(string member, string pattern) =>
        pattern.AsSpan().Trim(" *@").IsEmpty ? [(member, "says nothing: write more than “*”.")] : Filled(member, pattern);

    private static IEnumerable<(string, string)> Filled(string member, string pattern) => Template.NamesIn(pattern).Where(name => !Plain.Contains(name))
        .Select(name => (member, $"takes ${{{name}}}, and a “*” in its value would allow anything. Write it out; of what a run fills in, only {string.Join(", ", Plain)} can be used."));
}
