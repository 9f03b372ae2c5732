using DeployHub.Domain.Inventory.Materials;

namespace DeployHub.Domain.Vulnerabilities.Vex;

/// <summary>Statements about vulnerabilities in products, read from OpenVEX, CSAF 2.0 or CycloneDX.</summary>
/// <param name="Format">Such as <c>OpenVEX</c>.</param>
public sealed record VexDocument(string Format, IReadOnlyList<VexStatement> Statements)
{
    /// <summary>Bytes.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    /// <summary>Pairs of a vulnerability and a product.</summary>
    public const int MostStatements = 200_000;

    private readonly ILookup<string, VexStatement> _byVulnerability = Statements.SelectMany(statement => statement.Vulnerabilities, (statement, id) => (id, statement)).ToLookup(named => named.id, named => named.statement);

    public static readonly VexDocument None = new("no VEX", []);

    /// <summary>Refused with <c>vex.…</c>, saying where.</summary>
    public static Result<VexDocument> Parse(ReadOnlyMemory<byte> bytes) => bytes.Length > MostBytes
        ? new Error(ErrorKind.Invalid, "vex.size", $"The VEX document is larger than {MostBytes / 1024 / 1024} MiB.")
        : JsonPlace.Read(bytes, "vex", "The VEX document", document => !document.IsObject ? throw document.Refuse("is no object")
            : document.Member("bomFormat") is not null ? Bounded(document, "CycloneDX", CycloneDxVex.Read(document))
            : document.Member("document") is not null ? Bounded(document, "CSAF", CsafVex.Read(document))
            : document.Member("statements") is not null ? Bounded(document, "OpenVEX", OpenVex.Read(document))
            : throw document.Refuse("is neither OpenVEX nor CSAF nor CycloneDX: it has neither statements nor document nor bomFormat", "format"));

    /// <summary>What counts for a vulnerability in a component: the newest statement, of equally new ones the gravest; null when nothing is said of it.</summary>
    /// <param name="ids">The vulnerability's id with all its aliases.</param>
    /// <param name="subject">What the component is part of, as its SBOM says; null when it does not.</param>
    public VexStatement? About(IReadOnlySet<string> ids, BomComponent component, BomComponent? subject) =>
        ids.SelectMany(id => _byVulnerability[id]).Where(statement => IsAbout(statement, component, subject))
            .OrderByDescending(statement => statement.At ?? DateTimeOffset.MinValue).ThenByDescending(statement => statement.Status).FirstOrDefault();

    private static bool IsAbout(VexStatement statement, BomComponent component, BomComponent? subject) => statement.Part is { } part
        ? part.IsAbout(component) && subject is not null && statement.Product.IsAbout(subject)
        : statement.Product.IsAbout(component) || (subject is not null && statement.Product.IsAbout(subject));

    private static VexDocument Bounded(JsonPlace document, string format, IEnumerable<VexStatement> statements)
    {
        var read = statements.Take(MostStatements + 1).ToList();
        return read.Count <= MostStatements ? new VexDocument(format, read) : throw document.Refuse($"has more than {MostStatements:N0} statements", "size");
    }
}
