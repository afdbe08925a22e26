using System.Text.Json;
using Resolver.Packaging.Parsing;

namespace Resolver.Packaging.Installed;

/// <summary>The parts of <c>sys.version_info</c> (PEP 739 takes its form over).</summary>
/// <param name="ReleaseLevel"><c>alpha</c>, <c>beta</c>, <c>candidate</c> or <c>final</c>.</param>
public sealed record PythonVersionInfo(int Major, int Minor, int Micro, string ReleaseLevel, int Serial)
{
    /// <summary>As <c>platform.python_version()</c> writes it: <c>3.14.0rc1</c>.</summary>
    public string FullVersion =>
        ReleaseLevel switch
        {
            "final" => $"{Major}.{Minor}.{Micro}",
            "candidate" => $"{Major}.{Minor}.{Micro}rc{Serial}",
            _ => $"{Major}.{Minor}.{Micro}{ReleaseLevel[0]}{Serial}",
        };

    /// <summary>As PEP 508 defines <c>implementation_version</c>: the first letter of the level, so a candidate is
    /// <c>3.14.0c1</c>.</summary>
    public string ImplementationVersion =>
        ReleaseLevel == "final" ? $"{Major}.{Minor}.{Micro}" : $"{Major}.{Minor}.{Micro}{ReleaseLevel[0]}{Serial}";

    internal static PythonVersionInfo Read(JsonElement element, string file)
    {
        var level = element.Text("releaselevel", file).Required(file, "releaselevel");
        if (level is not ("alpha" or "beta" or "candidate" or "final"))
            throw new DocumentFormatException(
                new DocumentError(file, 0, 0, $"releaselevel {OneLine.Quote(level)}", "alpha, beta, candidate or final")
            );
        return new PythonVersionInfo(Number("major"), Number("minor"), Number("micro"), level, Number("serial"));

        int Number(string name)
        {
            var number = element.Integer(name, file).Required(file, name);
            return number >= 0
                ? number
                : throw new DocumentFormatException(
                    new DocumentError(file, 0, 0, $"{name} {number}", "a number that is not negative")
                );
        }
    }
}
