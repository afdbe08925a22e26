using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;

namespace Resolver.Packaging.Tests.Standards;

/// <summary>PEP 508 as examples, one row each. The environment is CPython 3.11 on Linux.</summary>
public sealed class Pep508Examples
{
    [Theory]
    [InlineData("A", "a", "", "", null)]
    [InlineData("A.B-C_D", "a-b-c-d", "", "", null)]
    [InlineData("aa", "aa", "", "", null)]
    [InlineData("name", "name", "", "", null)]
    [InlineData("name<=1", "name", "", "<=1", null)]
    [InlineData("name>=3", "name", "", ">=3", null)]
    [InlineData("name>=3,<2", "name", "", "<2,>=3", null)]
    [InlineData("name (>=3)", "name", "", ">=3", null)]
    [InlineData("name[fred,bar]", "name", "bar,fred", "", null)]
    [InlineData("name[ fred , bar ] ~= 1.4.2", "name", "bar,fred", "~=1.4.2", null)]
    [InlineData("name[quux, strange];python_version<'2.7'", "name", "quux,strange", "", "python_version < \"2.7\"")]
    [InlineData(
        "requests [security,tests] >= 2.8.1, == 2.8.* ; python_version < \"2.7\"",
        "requests",
        "security,tests",
        "==2.8.*,>=2.8.1",
        "python_version < \"2.7\""
    )]
    public void Requirement_has_parts(string text, string name, string extras, string specifier, string? marker)
    {
        var requirement = Requirement.Parse(text);

        Assert.Equal(name, requirement.Name.Normalized);
        Assert.Equal(extras, string.Join(',', requirement.RawExtras.Order(StringComparer.Ordinal)));
        Assert.Equal(specifier, requirement.Specifier.ToString());
        Assert.Equal(marker, requirement.Marker?.ToString());
        Assert.Null(requirement.Url);
    }

    [Theory]
    [InlineData("name@http://foo.com", "http://foo.com", null)]
    [InlineData("name @ https://example.org/name-1.0.tar.gz", "https://example.org/name-1.0.tar.gz", null)]
    [InlineData(
        "name [fred,bar] @ http://foo.com ; python_version=='2.7'",
        "http://foo.com",
        "python_version == \"2.7\""
    )]
    [InlineData("pip @ file:///localbuilds/pip-1.3.1.zip", "file:///localbuilds/pip-1.3.1.zip", null)]
    public void Direct_reference_has_a_URL(string text, string url, string? marker)
    {
        var requirement = Requirement.Parse(text);

        Assert.Equal(url, requirement.Url);
        Assert.Equal(marker, requirement.Marker?.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("-name")]
    [InlineData("name[")]
    [InlineData("name[a,]")]
    [InlineData("name[a b]")]
    [InlineData("name>=")]
    [InlineData("name>=1 <2")]
    [InlineData("name @ ")]
    [InlineData("name;")]
    [InlineData("name; nonsense == '1'")]
    [InlineData("name; python_version")]
    [InlineData("name; python_version == 2.7")]
    [InlineData("name @ http://foo.com; python_version == '2.7' and")]
    public void Text_is_no_requirement(string text) => Assert.False(Requirement.TryParse(text).Success);

    [Theory]
    // Versions are compared as versions
    [InlineData("python_version >= '3.9'", true)]
    [InlineData("python_version < '3.9'", false)]
    [InlineData("python_version == '3.11.*'", true)]
    [InlineData("python_full_version ~= '3.11.0'", true)]
    [InlineData("'3.10' <= python_version", true)]
    // Other values are compared as texts
    [InlineData("sys_platform == 'linux'", true)]
    [InlineData("sys_platform != 'win32'", true)]
    [InlineData("os_name == \"posix\"", true)]
    [InlineData("platform_system == 'Linux'", true)]
    [InlineData("implementation_name == 'cpython'", true)]
    [InlineData("platform_python_implementation == 'PyPy'", false)]
    // in and not in look for a part of a text
    [InlineData("'linux' in sys_platform", true)]
    [InlineData("sys_platform in 'linux darwin'", true)]
    [InlineData("sys_platform not in 'win32 cygwin'", true)]
    // 'and' binds more strongly than 'or'
    [InlineData("os_name == 'nt' and os_name == 'posix' or sys_platform == 'linux'", true)]
    [InlineData("os_name == 'nt' and (os_name == 'posix' or sys_platform == 'linux')", false)]
    public void Marker_has_a_value(string marker, bool value) =>
        Assert.Equal(value, Marker.Parse(marker).TryEvaluate(MarkerEnvironment.CPython311OnLinux, []).Value);

    [Theory]
    [InlineData("extra == 'test'", "test", true)]
    [InlineData("extra == 'test'", "docs", false)]
    [InlineData("extra == 'test'", "", false)]
    [InlineData("extra == 'Dev.Tools'", "dev-tools", true)]
    [InlineData("extra == 'test' or extra == 'docs'", "docs", true)]
    [InlineData("extra == 'test' and python_version < '3'", "test", false)]
    public void Marker_depends_on_requested_extras(string marker, string extras, bool value) =>
        Assert.Equal(
            value,
            Marker
                .Parse(marker)
                .TryEvaluate(
                    MarkerEnvironment.CPython311OnLinux,
                    [.. extras.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ExtraName.Parse)]
                )
                .Value
        );
}
