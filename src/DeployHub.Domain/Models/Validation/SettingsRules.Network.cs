using System.Globalization;
using System.Net;
using DeployHub.Domain.Models.Steps;

namespace DeployHub.Domain.Models.Validation;

internal static partial class SettingsRules
{
    private static IEnumerable<(string, string, string)> Address(string address, int? defaultPort = null) =>
        When(!IsFilledLater(address) && HostAndPort.Parse(address, defaultPort) is null, "address", $"“{address}” is no address: write a host and a port, such as db.example.com:5432.");

    private static IEnumerable<(string, string, string)> Dns(CheckDns dns) =>
    [
        .. When(!IsFilledLater(dns.Name) && Uri.CheckHostName(dns.Name.TrimEnd('.')) is not UriHostNameType.Dns && !dns.Name.Contains('_', StringComparison.Ordinal), "name", $"“{dns.Name}” is no name, such as shop.example.com."),
        .. When(dns.Expect.Count > 50, "expect", "expect at most 50 records."),
        .. When(dns.Type is DnsRecordType.A or DnsRecordType.Aaaa && dns.Expect.Any(record => !IsFilledLater(record) && !IPAddress.TryParse(record, out _)), "expect", "each is an IP address, such as 192.0.2.7."),
        .. When(dns.Server is { } server && !IsFilledLater(server) && HostAndPort.Parse(server, 53) is null, "server", "must be a name server's address, with a port where it is not 53."),
    ];

    private static IEnumerable<(string, string, string)> Sql(CheckSql sql) =>
    [
        .. When(!PlainSecrets.IsReference(sql.Connection), "connection", "name the secret that holds the connection string, and nothing else: ${secret:shop-db}.", "A-V12"),
        .. When(string.IsNullOrWhiteSpace(sql.Query), "query", "write a query that gives one value, such as select count(*) from orders."),
        .. When(sql.Is is not SqlExpectation.Equal && !IsFilledLater(sql.Expect) && !decimal.TryParse(sql.Expect, NumberStyles.Float, CultureInfo.InvariantCulture, out _), "expect", "must be a number to compare with."),
    ];
}
