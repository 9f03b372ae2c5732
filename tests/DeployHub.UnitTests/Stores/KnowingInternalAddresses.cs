using System.Net;
using DeployHub.Worker.Artefacts.Stores;
using Microsoft.Extensions.Configuration;

namespace DeployHub.UnitTests.Stores;

/// <summary>Where a store may lead to, address by address.</summary>
public sealed class KnowingInternalAddresses
{
    [Theory]
    [InlineData("8.8.8.8", false)]
    [InlineData("172.15.255.255", false)]
    [InlineData("172.32.0.0", false)]
    [InlineData("100.128.0.0", false)]
    [InlineData("2606:4700::1111", false)]
    [InlineData("::ffff:8.8.8.8", false)]
    [InlineData("64:ff9b::808:808", false)]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.9.9.9", true)]
    [InlineData("10.1.2.3", true)]
    [InlineData("172.16.0.1", true)]
    [InlineData("172.31.255.255", true)]
    [InlineData("192.168.1.1", true)]
    [InlineData("100.64.0.1", true)]
    [InlineData("169.254.169.254", true)]
    [InlineData("0.0.0.0", true)]
    [InlineData("0.1.2.3", true)]
    [InlineData("224.0.0.1", true)]
    [InlineData("255.255.255.255", true)]
    [InlineData("::1", true)]
    [InlineData("::", true)]
    [InlineData("fe80::1", true)]
    [InlineData("fd12:3456::1", true)]
    [InlineData("fd00:ec2::254", true)]
    [InlineData("ff02::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("::ffff:169.254.169.254", true)]
    [InlineData("::127.0.0.1", true)]
    [InlineData("64:ff9b::7f00:1", true)]
    [InlineData("64:ff9b::a9fe:a9fe", true)]
    [InlineData("2002:7f00:1::", true)]
    [InlineData("2002:808:808::", false)]
    public void An_address_is_internal_in_whatever_form_it_comes(string address, bool isInternal) => InternalAddresses.IsInternal(IPAddress.Parse(address)).ShouldBe(isInternal);

    [Theory]
    [InlineData("nexus.corp", "nexus.corp", "10.0.0.7", "", true)]
    [InlineData("nexus.corp", "NEXUS.corp.", "10.0.0.7", "", true)]
    [InlineData("nexus.corp", "other.corp", "10.0.0.7", "", false)]
    [InlineData("nexus.corp", "other.corp", "10.0.0.7", "third.corp, other.corp", true)]
    [InlineData("nexus.corp", "other.corp", "10.0.0.7", "10.0.0.0/8", true)]
    [InlineData("nexus.corp", "other.corp", "10.0.0.7", "10.0.0.7", true)]
    [InlineData("nexus.corp", "other.corp", "10.0.0.7", "10.0.0.8", false)]
    [InlineData("nexus.corp", "cdn.example", "8.8.8.8", "", true)]
    [InlineData("files.example", "files.example", "169.254.169.254", "", false)]
    [InlineData("169.254.169.254", "169.254.169.254", "169.254.169.254", "", true)]
    [InlineData("files.example", "files.example", "169.254.169.254", "files.example", true)]
    [InlineData("[::1]", "::1", "::1", "", true)]
    public void An_internal_address_needs_the_registered_host_or_the_list(string registered, string host, string address, string listed, bool permitted) =>
        new AddressGuard(new ConfigurationBuilder().AddInMemoryCollection([new("DeployHub:InternalStores", listed)]).Build()).Permits(registered, host, IPAddress.Parse(address)).ShouldBe(permitted);

    [Theory]
    [InlineData("https://a.example/x", "https://b.example/y", "https://b.example/y")]
    [InlineData("https://a.example/x/", "y", "https://a.example/x/y")]
    [InlineData("http://a.example/x", "https://b.example/y", "https://b.example/y")]
    [InlineData("https://a.example/x", "http://a.example/y", null)]
    [InlineData("https://a.example/x", "file:///etc/passwd", null)]
    [InlineData("https://a.example/x", "gopher://b.example/", null)]
    [InlineData("https://a.example/x", null, null)]
    public void Nothing_leads_down_from_https_nor_out_of_http(string from, string? to, string? onward)
    {
        Uri Lead() => StoreHttp.Onward(new Uri(from), to is null ? null : new Uri(to, UriKind.RelativeOrAbsolute));

        if (onward is null) Should.Throw<StoreRefusedException>(Lead);
        else Lead().ShouldBe(new Uri(onward));
    }

    [Fact]
    public void A_query_is_not_shown_because_it_may_open_the_address() =>
        Shown.Address(new Uri("https://user:word@s3.example:9000/a/b?X-Amz-Signature=abc")).ShouldBe("https://s3.example:9000/a/b");
}
