// The standard vocabulary of events: bare names, and the URNs, web URIs and compact URIs that say the same
// (Core Business Vocabulary 2.0 §7).

export type Vocabulary = keyof typeof vocabularies;

type VocabularyRule = {
  /** What stands before the bare name in a web URI. */
  readonly web: string;
  /** What stands before it in a URN of CBV 1.x, where there was one. */
  readonly urn: string | undefined;
  readonly names: ReadonlySet<string>;
};

const cbvWeb = 'https://ref.gs1.org/cbv/';
const gs1Web = 'https://gs1.org/voc/';

const vocabularies = {
  bizStep: rule(
    `${cbvWeb}BizStep-`,
    'urn:epcglobal:cbv:bizstep:',
    `accepting arriving assembling collecting commissioning consigning creating_class_instance cycle_counting
    decommissioning departing destroying disassembling dispensing encoding entering_exiting holding inspecting installing
    killing loading other packing picking receiving removing repackaging repairing replacing reserving retail_selling
    sampling sensor_reporting shipping staging_outbound stock_taking stocking storing transporting unloading unpacking
    void_shipping`,
  ),
  disposition: rule(
    `${cbvWeb}Disp-`,
    'urn:epcglobal:cbv:disp:',
    `active available completeness_inferred completeness_verified conformant container_closed container_open damaged
    destroyed dispensed disposed encoded expired in_progress in_transit inactive mismatch_class mismatch_instance
    mismatch_quantity needs_replacement no_pedigree_match non_conformant non_sellable_other partially_dispensed recalled
    reserved retail_sold returned sellable_accessible sellable_not_accessible stolen unavailable unknown`,
  ),
  bizTransaction: rule(
    `${cbvWeb}BTT-`,
    'urn:epcglobal:cbv:btt:',
    'bol cert desadv inv pedigree po poc prodorder recadv rma testprd testres upevt',
  ),
  sourceDestination: rule(`${cbvWeb}SDT-`, 'urn:epcglobal:cbv:sdt:', 'location owning_party possessing_party'),
  errorReason: rule(`${cbvWeb}ER-`, 'urn:epcglobal:cbv:er:', 'did_not_occur incorrect_data'),
  component: rule(
    `${cbvWeb}Comp-`,
    undefined,
    `altitude axial_distance azimuth easting elevation_angle height latitude longitude northing polar_angle
    spherical_radius x y z`,
  ),
  alarm: rule(gs1Web, undefined, 'ALARM_CONDITION ERROR_CONDITION'),
  measurement: rule(
    gs1Web,
    undefined,
    `AbsoluteHumidity AbsorbedDose AbsorbedDoseRate Acceleration Altitude AmountOfSubstance
    AmountOfSubstancePerUnitVolume Angle AngularAcceleration AngularMomentum AngularVelocity Area Capacitance
    Conductance Conductivity Count Density Dimensionless DoseEquivalent DoseEquivalentRate DynamicViscosity
    ElectricCharge ElectricCurrent ElectricCurrentDensity ElectricFieldStrength Energy Exposure Force Frequency
    Illuminance Inductance Irradiance KinematicViscosity Length LinearMomentum Luminance LuminousFlux
    LuminousIntensity MagneticFlux MagneticFluxDensity MagneticVectorPotential Mass MassConcentration MassFlowRate
    MassPerAreaTime MemoryCapacity MolalityOfSolute MolarEnergy MolarMass MolarVolume Power Pressure RadiantFlux
    RadiantIntensity Radioactivity RelativeHumidity Resistance Resistivity SolidAngle SpecificVolume Speed
    SurfaceDensity SurfaceTension Temperature Time Torque Voltage Volume VolumeFlowRate VolumeFraction VolumetricFlux
    Wavenumber`,
  ),
} as const satisfies Record<string, VocabularyRule>;

/** Prefixes that the standard's context declares (EPCIS 2.0 context), for documents that use them undeclared. */
export const standardPrefixes: Readonly<Record<string, string>> = {
  epcis: 'https://ref.gs1.org/epcis/',
  cbv: cbvWeb,
  cbvmda: 'urn:epcglobal:cbv:mda',
  gs1: gs1Web,
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  owl: 'http://www.w3.org/2002/07/owl#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
  dcterms: 'http://purl.org/dc/terms/',
};

export function isBareName(vocabulary: Vocabulary, text: string): boolean {
  return vocabularies[vocabulary].names.has(text);
}

/** Any spelling of a standard name as the bare one; every other text as it is. */
export function bareName(vocabulary: Vocabulary, text: string): string {
  const { web, urn, names } = vocabularies[vocabulary];
  if (names.has(text)) return text;
  const name = text.startsWith(web)
    ? text.slice(web.length)
    : urn !== undefined && text.startsWith(urn)
      ? text.slice(urn.length)
      : text.slice(compactLength(web, text));
  return names.has(name) ? name : text;
}

/** A bare standard name as its web URI; every other text as it is. */
export function webName(vocabulary: Vocabulary, text: string): string {
  const { web, names } = vocabularies[vocabulary];
  return names.has(text) ? web + text : text;
}

/** A bare standard name as the URN that EPCIS 1.2 knows, or the web URI where it had none. */
export function urnName(vocabulary: Vocabulary, text: string): string {
  const { urn, web, names } = vocabularies[vocabulary];
  return names.has(text) ? (urn ?? web) + text : text;
}

/** Whether the text claims to be a standard name, in whatever spelling, and is none. */
export function isUnknownStandardName(vocabulary: Vocabulary, text: string): boolean {
  const { web, urn } = vocabularies[vocabulary];
  const claims = (urn !== undefined && text.startsWith(urn)) || (web !== gs1Web && text.startsWith(web));
  return claims && bareName(vocabulary, text) === text;
}

/** URN prefixes of CBV 1.x and what they are now (CBV 2.0 §8.9.2 rule 14). */
export const webOfUrn: readonly (readonly [string, string])[] = Object.values(vocabularies).flatMap(({ urn, web }) =>
  urn === undefined ? [] : [[urn, web] as const],
);

/** How much of `cbv:BizStep-receiving` or `gs1:Temperature` stands before the bare name. */
function compactLength(web: string, text: string): number {
  const prefix = web.startsWith(cbvWeb) ? `cbv:${web.slice(cbvWeb.length)}` : 'gs1:';
  return text.startsWith(prefix) ? prefix.length : 0;
}

function rule(web: string, urn: string | undefined, names: string): VocabularyRule {
  return { web, urn, names: new Set(names.trim().split(/\s+/)) };
}
