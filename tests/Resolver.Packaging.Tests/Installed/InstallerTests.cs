using Resolver.Packaging.Installed;

namespace Resolver.Packaging.Tests.Installed;

/// <summary>INSTALLER and REQUESTED (PEP 376).</summary>
public sealed class InstallerTests
{
    [Theory]
    [InlineData("pip", "pip")]
    [InlineData("pip\n", "pip")]
    [InlineData("MegaCorp Cloud Install-O-Matic \r\n\r\n", "MegaCorp Cloud Install-O-Matic")]
    [InlineData("uv\nsecond", "uv")]
    [InlineData("", null)]
    [InlineData(" \n", null)]
    public void The_name_is_the_first_line_without_white_space(string text, string? expected) =>
        Assert.Equal(expected, Installer.Read(text));

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(false, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, false, null)]
    public void Presence_says_requested_and_absence_something_only_beside_an_installer(
        bool installer,
        bool requested,
        bool? expected
    ) => Assert.Equal(expected, Installer.WasRequested(installer, requested));
}
