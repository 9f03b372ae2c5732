using System.Text.Json;
using System.Text.RegularExpressions;

namespace DeployHub.Features.Models.Notation;

/// <summary>The first lines of a model document: what it is called. Everything else of a text stays as it was written.</summary>
public static partial class DocumentHead
{
    /// <summary>The same document under another name, comments and all.</summary>
    public static string Of(string yaml, string slug, string name, string purpose) =>
        Said(Said(Said(ModelDocument.Unmarked(yaml), "model", slug), "name", Quoted(name)), "purpose", Quoted(purpose));

    /// <summary>A document that says its name and leaves to be written what only its author knows. Its remarks are for somebody who sees such a document for the first time.</summary>
    public static string Empty(string slug, string name, string purpose) => $$"""
        # yaml-language-server: $schema={{ModelSchema.Path}}
        model: {{slug}}
        name: {{Quoted(name)}}
        purpose: {{Quoted(purpose)}}
        approach: BigBang # how it goes about it: Phased, Rolling, Ring, Canary, BlueGreen, Pull or ContinuousDelivery instead
        appliesTo:
          kinds: [Software] # what it is for; left out, anything

        # A run goes through four stages, one after the other. Two of them have no step yet: write those, and the document is complete.
        stages:
          verifyComponents: # first it looks at each component version, before anything is touched
            - { name: Compare the artefact, uses: check-artefacts, timeout: 10m }
          verifyEnvironment: # then at each target
            - { name: Reach the target, uses: check-reachable, timeout: 1m }
          execute:
            phases: all-at-once # or { batches: 2 } for two targets at a time
            steps: [] # what brings the versions to a target, such as - { name: Bring it, uses: upload, with: { to: incoming/package }, timeout: 5m }
          verifyDeployment: [] # what shows on the target itself that it worked, such as - { name: Ask it, uses: check-http, with: { url: "http://${target.name}/" }, timeout: 2m }
        rollback: { method: RedeployPrevious } # how it goes back: here by deploying the version that was there before

        """;

    /// <summary>A document that does what another model does, and leaves open what it says of that one's parameters.</summary>
    public static string Extending(string slug, string name, string purpose, Pin extended) => $$"""
        # yaml-language-server: $schema={{ModelSchema.Path}}
        model: {{slug}}
        name: {{Quoted(name)}}
        purpose: {{Quoted(purpose)}}
        extends: {{extended}} # what it does is written there; what is left out of appliesTo is as there
        parameters: {} # such as batchSize: { default: 1, maximum: 2 }

        """;

    private static string Said(string yaml, string member, string value)
    {
        var written = new Regex($@"^{member}[ \t]*:[^\r\n]*(\r?\n(?=[ \t]+\S|[ \t]*\r?\n[ \t]+\S)[^\r\n]*)*", RegexOptions.Multiline | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        return written.Replace(yaml, _ => $"{member}: {value}", 1);
    }

    internal static string Quoted(string text) => PlainText().IsMatch(text) ? text : JsonSerializer.Serialize(text, Plain);

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Needs no quotes in YAML.</summary>
    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9 ,.()/-]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex PlainText();
}
