namespace Resolver.Cli.Configuration;

/// <summary>What the value of a setting is, and what happens where several places give one.</summary>
internal enum SettingKind
{
    /// <summary>A text; the strongest place wins.</summary>
    Text,

    /// <summary>True or false; the strongest place wins.</summary>
    Flag,

    /// <summary>A number; the strongest place wins.</summary>
    Number,

    /// <summary>A file or folder, relative to the file that names it; the strongest place wins.</summary>
    Path,

    /// <summary>A program: a path where it holds a separator, else a name sought on PATH; the strongest place
    /// wins.</summary>
    Program,

    /// <summary>Files or folders, relative to the file that names them; all places add up.</summary>
    Paths,

    /// <summary>Names of projects, <c>:all:</c> and <c>:none:</c>; all places add up, the strongest last.</summary>
    Projects,

    /// <summary>Texts in an order that means something; the strongest place wins.</summary>
    Ranking,
}
